import { describe, expect, it } from 'vitest';
import { parsePoints } from '../../src/config/pointsFile.ts';
import { MAX_FILE_BYTES, readFile } from '../../src/controls/readFile.ts';

const file = (name: string, text: string, size = text.length) => ({ name, size, text: async () => text });

describe('readFile', () => {
  it('gives what parse gives', async () => {
    const result = await readFile(file('a.csv', '0,1\n2,3\n-1,2\n'), parsePoints);
    expect(result.ok && result.value.points).toEqual([0, 1, 2, 3, -1, 2]);
  });

  it('passes on what parse says, with its advice', async () => {
    const result = await readFile(file('a.csv', '0,1\n2,NaN\n'), parsePoints);
    expect(result).toMatchObject({ ok: false });
    if (result.ok) return;
    expect(result.problem.message).toContain('a.csv, line 2');
    expect(result.problem.advice).not.toBe('');
  });

  it('refuses a huge file without reading it', async () => {
    const unread = {
      ...file('big.csv', '', MAX_FILE_BYTES + 1),
      text: () => Promise.reject(new Error('read')),
    };
    const result = await readFile(unread, (text) => text);
    expect(!result.ok && result.problem.message).toContain('too large');
  });

  it('says so when the disk fails', async () => {
    const broken = { ...file('a.csv', ''), text: () => Promise.reject(new Error('The file is gone.')) };
    const result = await readFile(broken, (text) => text);
    expect(!result.ok && result.problem.message).toBe('The file is gone.');
  });
});

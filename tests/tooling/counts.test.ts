import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

type ReadCounts = (runner: string, file: string, exitCode: number) => { passed: number; failed: number };

const script = new URL('../../scripts/lib/counts.mjs', import.meta.url).href;
const { readCounts }: { readCounts: ReadCounts } = await import(script);

const folder = mkdtempSync(join(tmpdir(), 'counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('the counts of the last line', () => {
  it('are those of the unit tests’ report', () => {
    const file = report({ numPassedTests: 7, numFailedTests: 2 });
    expect(readCounts('vitest', file, 1)).toEqual({ passed: 7, failed: 2 });
  });

  it('are those of the browser tests’ report, in which errors outside a test are failures too', () => {
    const file = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] });
    expect(readCounts('playwright', file, 1)).toEqual({ passed: 5, failed: 3 });
  });

  it('hold at least one failure when the runner failed', () => {
    expect(readCounts('vitest', report({ numPassedTests: 7, numFailedTests: 0 }), 1)).toEqual({
      passed: 7,
      failed: 1,
    });
    expect(readCounts('vitest', join(folder, 'absent.json'), 1)).toEqual({ passed: 0, failed: 1 });
  });
});

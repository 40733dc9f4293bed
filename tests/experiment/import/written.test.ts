import { describe, expect, it } from 'vitest';
import { filePoints, openText, sampleOf } from './files.ts';

const labelsOf = (text: string, name?: string) => openText(text, name).columns.map(({ label }) => label);

describe('separators at the ends of lines', () => {
  it.each([
    ['of the rows', 'x,y\n0.41,-1.88,\n1,2,\n3,1.5,\n'],
    ['of every line', 'x,y,\n0.41,-1.88,\n1,2,\n3,1.5,\n'],
    ['of nearly all rows', 'x,y\n0.41,-1.88,\n1,2\n3,1.5,\n'],
    ['several of them', 'x,y,,,\n0.41,-1.88,,,\n1,2,,,\n3,1.5,,,\n'],
    ['after tabs', 'x\ty\n0.41\t-1.88\t\n1\t2\t\n3\t1.5\t\n'],
    ['with a remark in one row', 'x,y\n0.41,-1.88,\n1,2,checked\n3,1.5,\n'],
  ])('make no column: %s', (_, text) => {
    expect(labelsOf(text)).toEqual(['x', 'y']);
    expect(filePoints(openText(text))).toEqual([0.41, -1.88, 1, 2, 3, 1.5]);
  });

  it('leave a named column that is empty, and rows that lack their last number', () => {
    expect(labelsOf('x,y,remark\n1,2,\n2,3,\n3,1,\n')).toEqual(['x', 'y', 'remark']);
    expect(filePoints(openText('1,\n2,\n3,\n1,2\n2,3\n3,1\n'))).toEqual([1, 2, 2, 3, 3, 1]);
    expect(sampleOf(openText('x,y\n1,\n2,\n3,\n1,2\n2,3\n3,1\n')).notes[0]).toContain('lines 2, 3, 4');
  });
});

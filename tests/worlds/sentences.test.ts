import { expect, it } from 'vitest';
import { formatCounted } from '../../src/experiment/numberText.ts';
import type { ExactBound } from '../../src/worlds/bits/recordings.ts';
import { sentence as bitsSentence } from '../../src/worlds/bits/Sentence.tsx';
import type { ExactTable, TableGap } from '../../src/worlds/categories/recordings.ts';
import { sentence as categoriesSentence } from '../../src/worlds/categories/Sentence.tsx';
import type { WordBound, WordRows } from '../../src/worlds/words/recordings.ts';
import { sentence as wordsSentence } from '../../src/worlds/words/Sentence.tsx';

/** Letters in the three lines that a header on a phone has for how training stands. */
const ROOM = 78;

const gap = { sum: 12.3456, error: 0.0123, gaps: new Float64Array(0) };
const table = { factorised: 7.642, joint: 7.6399 } as ExactTable;
const bound = (bits: number) => ({ bits, error: 0.04, entropy: 10.174 }) as WordBound;
const rows = { quality: { counted: 100, valid: 0.49 } } as WordRows;

it('says how training stands with its scatter, in the lines that a phone has', () => {
  const said = [
    bitsSentence('training', { K: -12.851, T: 1000 } as ExactBound, gap),
    bitsSentence('training', { K: -2.851, T: 200 } as ExactBound, { ...gap, sum: 0.0226, error: 0.0034 }),
    categoriesSentence('training', false, table, gap as unknown as TableGap),
    categoriesSentence('training', true, table, gap as unknown as TableGap),
    wordsSentence('training', rows, bound(12.345), bound(10.544)),
    wordsSentence('training', rows, bound(12.345), bound(10.174)),
    wordsSentence('training', rows, null, null),
  ];
  expect(said).toEqual([
    'Your network’s K is −25.20 ± 0.01 bits, a perfect one’s −12.85.',
    'Your network’s K is −2.874 ± 0.003 bits, a perfect one’s −2.851.',
    'Bound: 19.99 ± 0.01 bits; two independent answers at best 7.64.',
    'Bound: 19.99 ± 0.01 bits; the best there is 7.64.',
    '49 ± 5 % are sentences; 12.35 bits each, at best 10.54, truth 10.17.',
    '49 ± 5 % are sentences; 12.35 bits each, exactly 10.17.',
    '49 ± 5 % are sentences of the language.',
  ]);
  for (const sentence of said) expect(sentence.length).toBeLessThanOrEqual(ROOM);
});

it('says of a counted share how far it scatters, where that is seen', () => {
  expect(formatCounted(0.63, 200)).toBe('63 ± 3 %');
  expect(formatCounted(0.49, 100)).toBe('49 ± 5 %');
  expect(formatCounted(1, 200)).toBe('100 %');
  expect(formatCounted(0, 48)).toBe('0 %');
  expect(formatCounted(0.999, 10_000)).toBe('99.9 %');
  expect(formatCounted(0.995, 200)).toBe('99.5 %');
});

import { expect, it } from 'vitest';
import { readProduct } from '../../../src/worlds/bits/page.tsx';
import type { ProductFrames } from '../../../src/worlds/bits/recordings.ts';

const patterns = ['10'.repeat(10), '01'.repeat(10), '1'.repeat(20)];
/** Of 100 rows 20, 10 and 30 end as the patterns, and 40 as none. */
const frames = (exact: number[] | null): ProductFrames => ({
  T: 1,
  times: Int32Array.of(0, 1),
  rows: 0,
  bits: new Uint8Array(0),
  shares: Float64Array.of(0.2, 0.1, 0.3, 0.4),
  counted: 100,
  exact: exact && Float64Array.from(exact),
});
const read = (rBits: number[], exact: number[] | null) => readProduct(frames(exact), { patterns, rBits });

it('says how often the rows end as r asks, beside how often they would exactly', () => {
  expect(read([1], [0.475, 0.05, 0.475])).toBe('60 ± 5 % end as a pattern, 50 ± 5 % as asked; exactly 95 %');
  expect(read([1, 2], [0.1, 0.1, 0.8])).toBe('60 ± 5 % end as a pattern, 30 ± 5 % as asked; exactly 80 %');
});

it('says less where nothing is asked, and that nothing can be so', () => {
  expect(read([], [1 / 3, 1 / 3, 1 / 3])).toBe('60 ± 5 % end as a pattern');
  expect(read([1], null)).toBe('r(x) excludes every pattern');
});

import { thresholded } from '../../core/samplers/thresholding.ts';
import type { Rng, Space } from '../../core/types.ts';
import type { NoiseCache } from './noise.ts';

type Term = readonly [coefficient: number, x: Float32Array];

/** The samplers' algebra on interleaved points. Coefficients and sums are float64 until they are stored. */
export function simdSpace(rng: Rng, noise: NoiseCache): Space<Float32Array> {
  return {
    combine(...terms) {
      const [first, second, third] = terms;
      if (!first) throw new Error('combine needs at least one term.');
      if (second && !third) return sumOfTwo(first, second);
      if (second && third && terms.length === 3) return sumOfThree(first, second, third);
      return sumOf(terms);
    },
    gaussian: (like, key) => noise.draw(rng, key, like.length),
    threshold: (x0Hat, how) => Float32Array.from(thresholded(Float64Array.from(x0Hat), how)),
    values: (x) => x,
    scope: (body) => body(),
    release() {},
  };
}

/** Most sums have two or three terms; in one loop they take half the time. */
function sumOfTwo([a, x]: Term, [b, y]: Term): Float32Array {
  const out = new Float32Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]!;
  return out;
}

function sumOfThree([a, x]: Term, [b, y]: Term, [c, z]: Term): Float32Array {
  const out = new Float32Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]!;
  return out;
}

function sumOf(terms: readonly Term[]): Float32Array {
  const sum = new Float64Array(terms[0]![1].length);
  for (const [coefficient, x] of terms) {
    for (let i = 0; i < sum.length; i++) sum[i]! += coefficient * x[i]!;
  }
  return Float32Array.from(sum);
}

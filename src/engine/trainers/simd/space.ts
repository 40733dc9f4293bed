import { thresholded } from '../../../core/samplers/thresholding.ts';
import type { Rng, Space } from '../../../core/types.ts';

/** The samplers' algebra on interleaved points. Coefficients and sums are float64 until they are stored. */
export function simdSpace(rng: Rng): Space<Float32Array> {
  return {
    combine(...terms) {
      const first = terms[0];
      if (!first) throw new Error('combine needs at least one term.');
      const out = new Float32Array(first[1].length);
      for (const [coefficient, x] of terms) addTo(out, coefficient, x);
      return out;
    },
    gaussian(like, key) {
      const stream = rng.fork(key);
      const out = new Float32Array(like.length);
      for (let i = 0; i < out.length; i++) out[i] = stream.normal();
      return out;
    },
    threshold: (x0Hat, how) => Float32Array.from(thresholded(Float64Array.from(x0Hat), how)),
    values: (x) => x,
    scope: (body) => body(),
    release() {},
  };
}

function addTo(out: Float32Array, coefficient: number, x: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i]! += coefficient * x[i]!;
}

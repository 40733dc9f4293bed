import { thresholded } from './samplers/thresholding.ts';
import type { Rng, Space } from './types.ts';

/**
 * The sampler's algebra on float64 arrays.
 * The noise of a key is drawn in order from its own stream, so a particle's noise does not depend on how many follow it.
 */
export function arraySpace(rng: Rng): Space<Float64Array> {
  return {
    combine(...terms) {
      const first = terms[0];
      if (!first) throw new Error('A linear combination needs at least one term.');
      const out = new Float64Array(first[1].length);
      for (const [coef, x] of terms) {
        for (let i = 0; i < out.length; i++) out[i]! += coef * x[i]!;
      }
      return out;
    },
    gaussian(like, key) {
      const noise = rng.fork(key);
      const out = new Float64Array(like.length);
      // `Float64Array.from` with a function takes three times as long.
      for (let i = 0; i < out.length; i++) out[i] = noise.normal();
      return out;
    },
    threshold: (x0Hat, how) => thresholded(x0Hat, how),
    apply: (of, ...xs) => of(...xs),
    values: (x) => x,
    scope: (body) => body(),
    release() {},
  };
}

import { requireBetween, requireInteger } from '../check.ts';

/**
 * Sinusoidal features of time, [cos | sin], at frequencies max_period^{−i/half}, i = 0…half−1 (improved-diffusion,
 * `timestep_embedding`). An odd dim ends in a 0.
 * @param times [n], any numbers; as steps 0…T−1 in the reference
 * @param dim 2…10 000
 * @returns [n][dim]
 */
export function timestepEmbedding(times: ArrayLike<number>, dim: number, maxPeriod = 10_000): Float64Array {
  requireInteger('The size of the embedding', dim, 2, 10_000);
  requireBetween('maxPeriod', maxPeriod, Number.MIN_VALUE, Number.MAX_VALUE);
  const half = Math.floor(dim / 2);
  const out = new Float64Array(times.length * dim);
  for (let k = 0; k < times.length; k++) {
    for (let i = 0; i < half; i++) {
      const angle = times[k]! * Math.exp((-Math.log(maxPeriod) * i) / half);
      out[k * dim + i] = Math.cos(angle);
      out[k * dim + half + i] = Math.sin(angle);
    }
  }
  return out;
}

/**
 * Sinusoidal features, [sin | cos], at frequencies 10 000^{−i/(half−1)}: the last is 1/10 000 exactly (tiny-diffusion,
 * `SinusoidalEmbedding`).
 * @param values [n]
 * @param size even, 4…10 000
 * @param scale multiplies the values first: 25 for coordinates in tiny-diffusion, 1 for times
 * @returns [n][size]
 */
export function sinusoidalEmbedding(values: ArrayLike<number>, size: number, scale = 1): Float64Array {
  requireInteger('Half the size of the embedding', size / 2, 2, 5000);
  requireBetween('scale', scale, -Number.MAX_VALUE, Number.MAX_VALUE);
  const half = size / 2;
  const out = new Float64Array(values.length * size);
  for (let k = 0; k < values.length; k++) {
    for (let i = 0; i < half; i++) {
      const angle = values[k]! * scale * Math.exp((-Math.log(10_000) * i) / (half - 1));
      out[k * size + i] = Math.sin(angle);
      out[k * size + half + i] = Math.cos(angle);
    }
  }
  return out;
}

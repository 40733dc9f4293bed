import { requireInteger } from '../check.ts';

/** How fast a discrete chain of T steps forgets: β_t by id. */
export const DISCRETE_SCHEDULES = ['jsd', 'cosine', 'linear'] as const;
export type DiscreteScheduleId = (typeof DISCRETE_SCHEDULES)[number];

const COSINE_S = 0.008;
const MOST_BETA = 0.999;
/** Ho et al. 2020, for a chain of 1000 steps; D3PM keeps them for Gaussian matrices. */
const LINEAR = { from: 1e-4, to: 0.02, steps: 1000 };

/**
 * β_t for t = 1…T as D3PM has them (google-research, d3pm/images/diffusion_categorical.py, get_diffusion_betas):
 * `jsd` is 1/(T − t + 1), which ends in 1 and forgets the same share of the data at each step (Sohl-Dickstein et al. 2015);
 * `cosine` uses cos, not cos²; `linear` is DDPM's, scaled by 1000/T so that shorter chains forget as much.
 * @param most of the linear ones: those of Gaussian matrices are no probabilities, and may be larger than 1
 * @returns [T], each in (0,1] but for that
 */
export function discreteBetas(schedule: DiscreteScheduleId, T: number, most = MOST_BETA): Float64Array {
  requireInteger('T', T, 1, 100_000);
  switch (schedule) {
    case 'jsd':
      return Float64Array.from({ length: T }, (_, i) => 1 / (T - i));
    case 'cosine': {
      const signal = (t: number) => Math.cos(((t / T + COSINE_S) / (1 + COSINE_S)) * (Math.PI / 2));
      return Float64Array.from({ length: T }, (_, i) => Math.min(MOST_BETA, 1 - signal(i + 1) / signal(i)));
    }
    case 'linear': {
      const scale = LINEAR.steps / T;
      return Float64Array.from({ length: T }, (_, i) => {
        const share = T === 1 ? 0 : i / (T - 1);
        return Math.min(most, scale * (LINEAR.from + share * (LINEAR.to - LINEAR.from)));
      });
    }
  }
}

/** ᾱ_t = Π (1 − β_s) for t = 0…T. @returns [T + 1], the first 1 */
export function keptShares(betas: Float64Array): Float64Array {
  const kept = new Float64Array(betas.length + 1);
  kept[0] = 1;
  for (const [i, beta] of betas.entries()) kept[i + 1] = kept[i]! * (1 - beta);
  return kept;
}

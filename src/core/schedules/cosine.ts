import { requireBetween } from '../check.ts';
import type { NoiseSchedule } from '../types.ts';
import { betasForAlphaBar } from './betasForAlphaBar.ts';

export interface CosineOptions {
  /** The offset s ∈ [0,1] that keeps the first betas from being tiny; 0.008 when left out. */
  readonly s?: number;
  /** β is clipped to this, in (0,1]; 0.999 when left out. */
  readonly maxBeta?: number;
}

const DEFAULT_S = 0.008;

/**
 * Improved DDPM's schedule (Nichol & Dhariwal 2021, Eq. 17): ᾱ(t) = f(t)/f(0) before clipping. With the defaults also
 * 'squaredcos_cap_v2' of diffusers.
 * @param nSteps T, 1…100 000
 * @returns [T]
 */
export function cosineBetas(nSteps: number, { s = DEFAULT_S, maxBeta }: CosineOptions = {}): Float64Array {
  requireBetween('The offset s of the cosine', s, 0, 1);
  const f = (t: number) => Math.cos((((t + s) / (1 + s)) * Math.PI) / 2) ** 2;
  return betasForAlphaBar(nSteps, f, maxBeta);
}

/** Improved DDPM's, with β clipped to 0.999. It fits every T, so `rescale` changes nothing. */
export const cosine: NoiseSchedule = {
  id: 'cosine',
  label: 'Cosine',
  summary: 'The signal fades like a squared cosine, evenly over time: the choice of Improved DDPM.',
  equation: String.raw`\bar\alpha_t = \frac{f(t/T)}{f(0)},\quad f(u) = \cos^2\!\Big(\frac{u + 0.008}{1.008}\,\frac{\pi}{2}\Big)`,
  rescales: false,
  betas: (nSteps) => cosineBetas(nSteps),
};

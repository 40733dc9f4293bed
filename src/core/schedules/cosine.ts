import type { NoiseSchedule } from '../types.ts';
import { clippedBetas, requireChainLength } from './ddpmRange.ts';

const S = 0.008;

/** f(t) of Eq. 17; ᾱ(t) = f(t)/f(0) before clipping. */
const f = (t: number) => Math.cos((((t + S) / (1 + S)) * Math.PI) / 2) ** 2;

/** Improved DDPM (Nichol & Dhariwal 2021, Eq. 17), β clipped to 0.999. It fits every T, so `rescale` changes nothing. */
export const cosine: NoiseSchedule = {
  id: 'cosine',
  label: 'Cosine',
  summary: 'The signal fades like a squared cosine, evenly over time: the choice of Improved DDPM.',
  equation: String.raw`\bar\alpha_t = \frac{f(t/T)}{f(0)},\quad f(u) = \cos^2\!\Big(\frac{u + 0.008}{1.008}\,\frac{\pi}{2}\Big)`,
  rescales: false,
  betas(nSteps) {
    requireChainLength(nSteps);
    return clippedBetas(nSteps, (i) => 1 - f((i + 1) / nSteps) / f(i / nSteps));
  },
};

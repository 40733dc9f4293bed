import { requirePositive } from '../check.ts';
import type { NoiseSchedule } from '../types.ts';
import { betasForAlphaBar } from './betasForAlphaBar.ts';
import { sigmoid } from './monotoneNet.ts';

export interface LaplaceOptions {
  /** The log-SNR at which most steps are spent, μ of the Laplace density; 0 when left out. */
  readonly mean?: number;
  /** The width b of that density; 0.5 when left out. */
  readonly scale?: number;
  /** β is clipped to this, in (0,1]; 0.999 when left out. */
  readonly maxBeta?: number;
}

/** Keeps the logarithm finite at both ends. */
const FLOOR = 1e-6;
const DEFAULT_SCALE = 0.5;

/** λ = μ − b sgn(½ − t) ln(1 − 2|½ − t|), the quantiles of a Laplace density from the top (Hang et al. 2024). */
function laplaceLogSnr(t: number, mean: number, scale: number): number {
  const side = t <= 0.5 ? 1 : -1;
  return mean - scale * side * Math.log(1 - 2 * Math.abs(0.5 - t) + FLOOR);
}

/**
 * The log-SNR falls like the quantiles of a Laplace density (Hang et al. 2024), as diffusers' 'laplace' has it: there
 * √(SNR/(1 + SNR)), not its square, is handed on as ᾱ(t). It ends in ᾱ ≈ 0.03.
 * @param nSteps T, 1…100 000
 * @returns [T]
 */
export function laplaceBetas(
  nSteps: number,
  { mean = 0, scale = DEFAULT_SCALE, maxBeta }: LaplaceOptions = {},
): Float64Array {
  if (!Number.isFinite(mean)) throw new RangeError(`The mean log-SNR must be a finite number, not ${mean}.`);
  requirePositive('The scale of the log-SNR', scale);
  const alphaBar = (t: number) => Math.sqrt(1 / (1 + Math.exp(-laplaceLogSnr(t, mean, scale))));
  return betasForAlphaBar(nSteps, alphaBar, maxBeta);
}

/** The paper's own, ᾱ = SNR/(1 + SNR), with μ = 0 and b = ½: ᾱ_T = 0.001. It fits every T. */
export const laplace: NoiseSchedule = {
  id: 'laplace',
  label: 'Laplace',
  summary: 'Rushes through both ends to spend its steps where signal and noise are about equal.',
  equation: String.raw`\ln\frac{\bar\alpha}{1-\bar\alpha} = -\tfrac12\,\mathrm{sgn}(\tfrac12-u)\,\ln(1-2|\tfrac12-u|),\quad u = \tfrac tT`,
  rescales: false,
  betas: (nSteps) => betasForAlphaBar(nSteps, (t) => sigmoid(laplaceLogSnr(t, 0, DEFAULT_SCALE))),
};

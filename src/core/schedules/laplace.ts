import { requirePositive } from '../check.ts';
import { betasForAlphaBar } from './betasForAlphaBar.ts';

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

/**
 * The log-SNR falls like the quantiles of a Laplace density (Hang et al. 2024), λ = μ − b sgn(½ − t) ln(1 − 2|½ − t|),
 * as diffusers' 'laplace' has it: there √(SNR/(1 + SNR)), not its square, is handed on as ᾱ(t). It ends in ᾱ ≈ 0.03.
 * @param nSteps T, 1…100 000
 * @returns [T]
 */
export function laplaceBetas(
  nSteps: number,
  { mean = 0, scale = 0.5, maxBeta }: LaplaceOptions = {},
): Float64Array {
  if (!Number.isFinite(mean)) throw new RangeError(`The mean log-SNR must be a finite number, not ${mean}.`);
  requirePositive('The scale of the log-SNR', scale);
  const alphaBar = (t: number) => {
    const side = t <= 0.5 ? 1 : -1;
    const logSnr = mean - scale * side * Math.log(1 - 2 * Math.abs(0.5 - t) + FLOOR);
    return Math.sqrt(1 / (1 + Math.exp(-logSnr)));
  };
  return betasForAlphaBar(nSteps, alphaBar, maxBeta);
}

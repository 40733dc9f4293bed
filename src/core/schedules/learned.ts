import type { Kernel } from '../types.ts';
import { betasOf, MAX_BETA, requireChainLength } from './ddpmRange.ts';
import { monotoneNet, sigmoid, softplus, type ValueAndDerivative } from './monotoneNet.ts';

/** The signal-to-noise ratio at both ends, in nats: ln SNR(0) and ln SNR(1). */
export interface LogSnrEnds {
  readonly logSnrMax: number;
  readonly logSnrMin: number;
}

/** The ends that variational diffusion models start from (Kingma et al. 2021; γ from −13.3 to 5). */
export const VDM_ENDS: LogSnrEnds = { logSnrMax: 13.3, logSnrMin: -5 };

export interface LearnedSchedule {
  /** γ(t) = −ln SNR(t) and γ′(t) > 0; the ends are exact */
  gamma(t: number): ValueAndDerivative;
  /** α = √sigmoid(−γ), σ = √sigmoid(γ) (Kingma et al. 2021, Eq. 3–4); some noise is left at t = 0 */
  kernel(t: number): Kernel;
  /** [T] the betas of the chain with ᾱ_i = sigmoid(−γ(i/T)), each at most 0.999 */
  betas(nSteps: number): Float64Array;
}

/**
 * The learned schedule of variational diffusion models: γ(t) = γ₀ + (γ₁ − γ₀)(γ̃(t) − γ̃(0))/(γ̃(1) − γ̃(0)) with
 * γ̃ a monotone net (Kingma et al. 2021, App. H). Training the net lowers the variance of the loss; the ends alone
 * decide its mean.
 * @param parameters as `monotoneNet`
 * @throws RangeError when the ends are not finite numbers with logSnrMax above logSnrMin, or the net is flat
 */
export function learnedSchedule(parameters: Float64Array, ends: LogSnrEnds = VDM_ENDS): LearnedSchedule {
  const { logSnrMax, logSnrMin } = ends;
  if (!(logSnrMin < logSnrMax && logSnrMax < Infinity && logSnrMin > -Infinity)) {
    throw new RangeError(
      `logSnrMax must be a finite number above logSnrMin, not ${logSnrMax} and ${logSnrMin}.`,
    );
  }
  const net = monotoneNet(parameters);
  const start = net(0).value;
  const rise = net(1).value - start;
  if (!(rise > 0 && rise < Infinity)) {
    throw new RangeError(`The net must rise from t = 0 to t = 1 by a finite number, not by ${rise}.`);
  }

  const gamma = (t: number): ValueAndDerivative => {
    const { value, derivative } = net(t);
    const part = (value - start) / rise;
    return {
      value: (1 - part) * -logSnrMax + part * -logSnrMin,
      derivative: ((logSnrMax - logSnrMin) * derivative) / rise,
    };
  };
  /** ln ᾱ(i/T) of the chain, whose ᾱ_0 is 1 */
  const logAlphaBar = (i: number, nSteps: number) => (i === 0 ? 0 : -softplus(gamma(i / nSteps).value));

  return {
    gamma,
    kernel(t) {
      const { value } = gamma(t);
      return { alpha: Math.sqrt(sigmoid(-value)), sigma: Math.sqrt(sigmoid(value)) };
    },
    betas(nSteps) {
      requireChainLength(nSteps);
      return betasOf(nSteps, (i) =>
        Math.min(-Math.expm1(logAlphaBar(i + 1, nSteps) - logAlphaBar(i, nSteps)), MAX_BETA),
      );
    },
  };
}

import { requireBetas } from '../chain.ts';
import { clamped, requireBetween, requireInteger } from '../check.ts';

/** The rate β(t) at which signal is lost, with ᾱ(t) = exp(−∫₀ᵗ β): the pair from which VP, sub-VP and VE derive. */
export interface NoiseRate {
  /** β(t) ≥ 0 for t in [0,1], per unit of time. */
  beta(t: number): number;
  /** B(t) = ∫₀ᵗ β = −ln ᾱ(t); B(0) = 0. */
  integral(t: number): number;
  /** The time t at which B(t) has this value. */
  timeOf(integral: number): number;
  /** The betas of the discrete chain of nSteps that belongs to this rate, [nSteps]. */
  betas(nSteps: number): Float64Array;
}

/**
 * β(t) = β_min + t (β_max − β_min) (Song et al. 2021, Eq. 32).
 * Its chain of N steps is β_i = linspace(β_min/N, β_max/N, N), as in score_sde.
 * @param betaMin ≥ 0; betaMax > 0, at least betaMin
 */
export function linearRate(betaMin: number, betaMax: number): NoiseRate {
  if (!(betaMin >= 0 && betaMax >= betaMin && betaMax > 0 && betaMax < Infinity)) {
    throw new RangeError(
      `β must rise from betaMin ≥ 0 to a finite betaMax > 0, not ${betaMin} to ${betaMax}.`,
    );
  }
  const slope = betaMax - betaMin;
  return {
    beta: (t) => betaMin + checked(t) * slope,
    integral: (t) => checked(t) * betaMin + (t * t * slope) / 2,
    timeOf(integral) {
      const within = clamped('The integral of β', integral, 0, (betaMin + betaMax) / 2);
      if (within === 0) return 0;
      // The root of ½·slope·t² + betaMin·t = B, in the form that does not cancel.
      return Math.min(1, (2 * within) / (betaMin + Math.sqrt(betaMin ** 2 + 2 * slope * within)));
    },
    betas(nSteps) {
      requireInteger('The number of steps N', nSteps, 1, 100_000);
      const step = nSteps === 1 ? 0 : slope / nSteps / (nSteps - 1);
      const betas = Float64Array.from({ length: nSteps }, (_, i) => betaMin / nSteps + i * step);
      requireChain(betas, nSteps);
      return betas;
    },
  };
}

/**
 * A T-step chain in continuous time: step i sits on t = i/T and ln ᾱ is linear between steps, so β(t) = −T ln(1 − β_i)
 * is constant within each step. At a node t = i/T, β(t) is that of step i, the one that leads there.
 * @param betas [T], each in (0,1)
 */
export function chainRate(betas: Float64Array): NoiseRate {
  requireBetas(betas);
  const length = betas.length;
  const integrals = new Float64Array(length + 1); // entry i at t = i/T
  for (let i = 0; i < length; i++) integrals[i + 1] = integrals[i]! - Math.log1p(-betas[i]!);

  /** t in steps, with the rounding of (i/T)·T undone. */
  const position = (t: number): number => {
    const exact = checked(t) * length;
    const nearest = Math.round(exact);
    return Math.abs(exact - nearest) < 1e-9 ? nearest : exact;
  };
  const integral = (t: number): number => {
    const at = position(t);
    const i = Math.min(Math.floor(at), length - 1);
    return integrals[i]! + (at - i) * (integrals[i + 1]! - integrals[i]!);
  };

  return {
    beta(t) {
      const step = Math.max(1, Math.ceil(position(t)));
      return length * (integrals[step]! - integrals[step - 1]!);
    },
    integral,
    timeOf(integral) {
      const value = clamped('The integral of β', integral, 0, integrals[length]!);
      const step = Math.max(
        1,
        integrals.findIndex((end) => end >= value),
      );
      const start = integrals[step - 1]!;
      return (step - 1 + (value - start) / (integrals[step]! - start)) / length;
    },
    betas(nSteps) {
      requireInteger('The number of steps N', nSteps, 1, 100_000);
      if (nSteps === length) return betas.slice();
      return Float64Array.from(
        { length: nSteps },
        (_, i) => -Math.expm1(integral(i / nSteps) - integral((i + 1) / nSteps)),
      );
    },
  };
}

function checked(t: number): number {
  requireBetween('The time t', t, 0, 1);
  return t;
}

function requireChain(betas: Float64Array, nSteps: number): void {
  if (betas.at(-1)! >= 1) {
    throw new RangeError(
      `${nSteps} steps are too few: β_N = ${betas.at(-1)} must be below 1. Take more steps.`,
    );
  }
}

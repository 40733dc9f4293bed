import { requireBetas } from '../chain.ts';
import { requireBetween } from '../check.ts';
import type { ForwardProcess } from '../types.ts';

/**
 * A T-step chain of betas as a process in continuous time: step i sits on t = i/T, and ln ᾱ is linear between steps,
 * so the variance-preserving SDE dx = −½β(t)x dt + √β(t) dw (Song et al. 2021, Eq. 11) has β(t) = −d ln ᾱ/dt constant
 * within each step. At a node t = i/T, β(t) is that of step i, the one that leads there.
 * @param betas [T], each in (0,1)
 * @returns kernel(t): alpha = √ᾱ(t), sigma = √(1 − ᾱ(t)), with kernel(0) = {1, 0}; t outside [0,1] throws
 */
export function discreteChain(betas: Float64Array): ForwardProcess {
  requireBetas(betas);
  const nSteps = betas.length;
  const logAlphaBar = new Float64Array(nSteps + 1); // entry i at t = i/T
  for (let i = 0; i < nSteps; i++) logAlphaBar[i + 1] = logAlphaBar[i]! + Math.log1p(-betas[i]!);

  /** t in steps, with the rounding of (i/T)·T undone. */
  const position = (t: number): number => {
    requireBetween('The time t', t, 0, 1);
    const exact = t * nSteps;
    const nearest = Math.round(exact);
    return Math.abs(exact - nearest) < 1e-9 ? nearest : exact;
  };

  /** β(t) = −T ln(1 − β_i). */
  const rate = (t: number): number => {
    const step = Math.max(1, Math.ceil(position(t)));
    return -nSteps * (logAlphaBar[step]! - logAlphaBar[step - 1]!);
  };

  return {
    kernel(t) {
      const at = position(t);
      const i = Math.min(Math.floor(at), nSteps - 1);
      const log = logAlphaBar[i]! + (at - i) * (logAlphaBar[i + 1]! - logAlphaBar[i]!);
      return { alpha: Math.exp(log / 2), sigma: Math.sqrt(Math.abs(Math.expm1(log))) };
    },
    drift: (t) => -rate(t) / 2,
    diffusion2: rate,
  };
}

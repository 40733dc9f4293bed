import type { Process } from './process.ts';
import { chainRate } from './rates.ts';
import { variancePreserving } from './vp.ts';

/**
 * A T-step chain of betas as a process in continuous time: step i sits on t = i/T, and ln ᾱ is linear between steps,
 * so the variance-preserving SDE dx = −½β(t)x dt + √β(t) dw (Song et al. 2021, Eq. 11) has β(t) = −d ln ᾱ/dt constant
 * within each step. At a node t = i/T, β(t) is that of step i, the one that leads there.
 * @param betas [T], each in (0,1)
 * @returns kernel(t): alpha = √ᾱ(t), sigma = √(1 − ᾱ(t)), with kernel(0) = {1, 0}; t outside [0,1] throws
 */
export function discreteChain(betas: Float64Array): Process {
  return variancePreserving(chainRate(betas));
}

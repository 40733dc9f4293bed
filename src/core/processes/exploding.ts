import { clamped, requireBetween } from '../check.ts';
import { gridIndex, type Process } from './process.ts';

/** What tells one variance-exploding process from another. */
export interface NoiseGrowth {
  /** σ(t) on [0,1], not falling. */
  sigma(t: number): number;
  /** g² = dσ²/dt. */
  diffusion2(t: number): number;
  /** The inverse of σ(t), within its range. */
  timeOf(sigma: number): number;
}

/**
 * Variance exploding: dx = √(dσ²/dt) dw (Song et al. 2021, Eq. 9), so that α = 1; the prior is N(0, σ(1)²·I).
 * Discrete step i adds the variance σ_i² − σ_{i−1}² on the grid σ_i = σ(i/(N − 1)), with σ_{−1} = 0.
 */
export function varianceExploding(growth: NoiseGrowth): Process {
  const sigma = (t: number): number => {
    requireBetween('The time t', t, 0, 1);
    return growth.sigma(t);
  };
  return {
    priorStd: growth.sigma(1),
    kernel: (t) => ({ alpha: 1, sigma: sigma(t) }),
    drift: () => 0,
    diffusion2(t) {
      requireBetween('The time t', t, 0, 1);
      return growth.diffusion2(t);
    },
    timeOf(noiseToSignal) {
      const value = clamped('The noise σ', noiseToSignal, growth.sigma(0), growth.sigma(1));
      return Math.min(1, Math.max(0, growth.timeOf(value)));
    },
    discretize(t, nSteps) {
      const index = gridIndex(t, nSteps);
      const node = (i: number) => growth.sigma(nSteps === 1 ? 0 : i / (nSteps - 1));
      const before = index === 0 ? 0 : node(index - 1);
      return { f: 0, G: Math.sqrt(node(index) ** 2 - before ** 2) };
    },
  };
}

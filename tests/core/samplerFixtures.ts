import { thresholded } from '../../src/core/samplers/thresholding.ts';
import type { ForwardProcess, Space, Vector } from '../../src/core/types.ts';

/** Algebra on arrays with prescribed noise, in the order in which it is asked for. */
export function prescribed(noise: readonly Vector[]): Space<Vector> {
  let used = 0;
  return {
    combine: (...terms) =>
      terms[0]![1].map((_, i) => terms.reduce((sum, [coef, x]) => sum + coef * x[i]!, 0)),
    gaussian: () => noise[used++]!,
    threshold: (x0Hat, how) => thresholded(x0Hat, how),
    scope: (body) => body(),
    release() {},
  };
}

/** α = 1, σ = sigmaMax·t. */
export const exploding = (sigmaMax: number): ForwardProcess => ({
  kernel: (t) => ({ alpha: 1, sigma: sigmaMax * t }),
  drift: () => 0,
  diffusion2: (t) => 2 * sigmaMax ** 2 * t,
});

/** The VP SDE with β(t) from betaMin to betaMax, in a straight line (Song et al. 2021, Eq. 32 and 33). */
export const linearVp = (betaMin: number, betaMax: number): ForwardProcess => {
  const beta = (t: number) => betaMin + t * (betaMax - betaMin);
  return {
    kernel(t) {
      const integral = betaMin * t + ((betaMax - betaMin) * t * t) / 2;
      return { alpha: Math.exp(-integral / 2), sigma: Math.sqrt(-Math.expm1(-integral)) };
    },
    drift: (t) => -beta(t) / 2,
    diffusion2: beta,
  };
};

/** α = 1 − t, σ = t: straight paths. */
export const straight: ForwardProcess = {
  kernel: (t) => ({ alpha: 1 - t, sigma: t }),
  drift: (t) => -1 / (1 - t),
  diffusion2: (t) => (2 * t) / (1 - t),
};

import { requireInteger } from '../check.ts';
import { parameterValues } from '../parameters.ts';
import type { Sampler } from '../types.ts';
import { annealedStepSize, innerNoiseKey, langevinParameters, langevinStep } from './langevin.ts';
import { requireTowardsData } from './steps.ts';

export interface LangevinSettings {
  /** Langevin steps per noise level, at least 1. */
  readonly nInner: number;
  /** r in the step size δ = 2(rσ)², between 0 and 1. */
  readonly snr: number;
}

const PARAMETERS = langevinParameters({ nInner: 3, snr: 0.35 });

/**
 * Annealed Langevin dynamics (Song & Ermon 2019, Alg. 1): Langevin steps at one noise level after the other, with a step
 * size in proportion to σ², and nothing in between. The level σ = 0 is replaced by a last denoising, E[x₀|x_t].
 * @throws RangeError when a setting is out of range
 */
export function annealedLangevin({ nInner = 3, snr = 0.35 }: Partial<LangevinSettings> = {}): Sampler {
  requireInteger('The number of Langevin steps per noise level', nInner, 1, 1000);
  annealedStepSize(snr, 1);
  return {
    id: 'annealed-langevin',
    label: 'Annealed Langevin',
    summary: `By score alone, as NCSN: noisy climbs of the density, ${nInner} small ones at each noise level.`,
    equation: String.raw`x \leftarrow x + \delta\,\nabla\!\ln p_t(x) + \sqrt{2\delta}\;z,\quad \delta = 2\,(r\,\sigma_t)^2`,
    uses: [],
    usual: { nSteps: 300, timeGrid: 'log-snr' },
    nfePerStep: nInner,
    parameters: PARAMETERS,
    build: (values) => annealedLangevin(parameterValues(PARAMETERS, values)),
    stochastic: () => true,
    step({ space, process, denoise, noiseKey }, { t, x, nfe }, tNext) {
      requireTowardsData('Annealed Langevin dynamics', t, tNext);
      const to = process.kernel(tNext);
      if (to.sigma === 0) {
        const x0Hat = denoise(x, t);
        return { t: tNext, x: x0Hat, x0Hat, nfe: nfe + 1, history: [] };
      }
      const delta = annealedStepSize(snr, to.sigma);
      let at = x;
      let first: typeof x | null = null;
      for (let j = 0; j < nInner; j++) {
        const x0Hat = denoise(at, tNext);
        first ??= x0Hat;
        const key = innerNoiseKey(noiseKey(tNext), j, nInner);
        at = langevinStep(space, to, at, x0Hat, delta, key);
      }
      return { t: tNext, x: at, x0Hat: first, nfe: nfe + nInner, history: [] };
    },
  };
}

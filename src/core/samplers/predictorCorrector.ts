import { requireInteger } from '../check.ts';
import { parameterValues } from '../parameters.ts';
import type { Sampler } from '../types.ts';
import type { LangevinSettings } from './annealedLangevin.ts';
import { annealedStepSize, innerNoiseKey, langevinParameters, langevinStep } from './langevin.ts';
import { reverseDiffusion } from './reverseDiffusion.ts';

const PARAMETERS = langevinParameters({ nInner: 1, snr: 0.16 });

/**
 * Predictor–corrector sampling (Song et al. 2021, Alg. 1): a step of the predictor to the next time, then Langevin steps
 * at that time. Their size is 2(rσ)², which the noise level alone decides; the paper's, by norms over the batch, is
 * `normStepSize`. Without noise there is nothing to correct.
 * @throws RangeError when a setting is out of range
 */
export function predictorCorrector(
  { nInner = 1, snr = 0.16 }: Partial<LangevinSettings> = {},
  predictor: Sampler = reverseDiffusion,
): Sampler {
  requireInteger('The number of corrector steps', nInner, 1, 1000);
  annealedStepSize(snr, 1);
  return {
    id: 'predictor-corrector',
    label: 'PC (Langevin)',
    summary:
      'Predicts by reverse diffusion, then lets a Langevin step at the new time repair the distribution.',
    equation: String.raw`x \leftarrow \mathrm{predict}(x),\quad x \leftarrow x + \delta\,\nabla\!\ln p_s(x) + \sqrt{2\delta}\;z`,
    uses: predictor.uses,
    ...(predictor.variances && { variances: predictor.variances }),
    usual: { nSteps: 500, timeGrid: 'linear' },
    nfePerStep: (predictor.nfePerStep ?? 1) + nInner,
    parameters: PARAMETERS,
    build: (values) => predictorCorrector(parameterValues(PARAMETERS, values), predictor),
    stochastic: () => true,
    step(context, state, tNext) {
      const { space, process, denoise, noiseKey } = context;
      const predicted = predictor.step(context, state, tNext);
      const to = process.kernel(tNext);
      if (to.sigma === 0) return predicted;
      const delta = annealedStepSize(snr, to.sigma);
      let x = predicted.x;
      for (let j = 0; j < nInner; j++) {
        x = langevinStep(space, to, x, denoise(x, tNext), delta, innerNoiseKey(noiseKey(tNext), j, nInner));
      }
      return { ...predicted, x, nfe: predicted.nfe + nInner };
    },
  };
}

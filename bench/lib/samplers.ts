import { arraySpace } from '../../src/core/arraySpace.ts';
import { datasets } from '../../src/core/datasets/index.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { noiseKeyOf, sample } from '../../src/core/sample.ts';
import { buildSampler, samplers } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { scaledDensity, standardization } from '../../src/core/standardize.ts';
import type { StepContext, Vector } from '../../src/core/types.ts';

const N_CHAIN = 1000;

export const samplerIds: readonly string[] = samplers.entries.map(({ id }) => id);

/**
 * Runs nSteps equal steps of a sampler on the Swiss roll's exact denoiser, from t = 1 to the first step of a chain of
 * 1 000; a sampler that chooses its own steps goes there by as many as it wants.
 * @returns milliseconds, evaluations of the denoiser, and whether the steps were the sampler's own
 */
export function timeSampler(id: string, nPoints: number, nSteps: number) {
  const density = datasets.get('swiss-roll').density(1);
  const process = discreteChain(schedules.get('linear').betas(N_CHAIN, { rescale: true }));
  const context: StepContext<Vector> = {
    space: arraySpace(createRng(1)),
    process,
    denoise: exactDenoiser(scaledDensity(standardization(density), density), process),
    options: { eta: 0, variance: 'beta-tilde' },
    noiseKey: noiseKeyOf(N_CHAIN),
  };
  const sampler = buildSampler(id, {}, nSteps);
  const own = sampler.adaptive !== undefined;
  const times = own
    ? [1, 1 / N_CHAIN]
    : Array.from({ length: nSteps + 1 }, (_, k) => 1 - (k * (1 - 1 / N_CHAIN)) / nSteps);
  const start = context.space.gaussian(new Float64Array(2 * nPoints), -1);
  const begun = performance.now();
  let evaluations = 0;
  for (const { nfe } of sample(sampler, context, times, start)) evaluations = nfe;
  return { ms: performance.now() - begun, evaluations, own };
}

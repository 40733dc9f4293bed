import { expect, it } from 'vitest';
import { arraySpace } from '../../src/core/arraySpace.ts';
import { exactDenoiser } from '../../src/core/exact.ts';
import { gaussianPosterior } from '../../src/core/posterior.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { ddpm, ddpmOf } from '../../src/core/samplers/ddpm.ts';
import { buildSampler } from '../../src/core/samplers/index.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Density, Sampler, SamplerOptions } from '../../src/core/types.ts';

const process = discreteChain(schedules.get('cosine').betas(20, { rescale: false }));
const density: Density = [{ kind: 'gaussian', weight: 1, mean: [0, 0], covariance: [0.5, 0.1, 0.8] }];
const x = Float64Array.of(0.3, -1.2);
const [t, s] = [0.6, 0.3];

const step = (sampler: Sampler, variance: SamplerOptions['variance'] = 'beta-tilde') =>
  sampler.step(
    {
      space: arraySpace(createRng(1)),
      process,
      denoise: exactDenoiser(density, process),
      options: { eta: 0, variance },
      noiseKey: () => 1,
    },
    { t, x, x0Hat: null, nfe: 0, history: [] },
    s,
  ).x;

it('γ leads from β̃ to β, evenly in the logarithm', () => {
  expect(step(buildSampler('ddpm', { gamma: 0 }, 20))).toEqual(step(ddpm));
  const [low, high] = [step(ddpm), step(ddpm, 'beta')];
  for (const [i, value] of step(ddpmOf(1)).entries()) expect(value).toBeCloseTo(high[i]!, 12);
  // mean + √σ²·z: from the two ends the mean follows, and from it the deviation half-way.
  const { beta, variance } = gaussianPosterior(process.kernel(t), process.kernel(s));
  const half = step(ddpmOf(0.5));
  for (const [i, value] of half.entries()) {
    const z = (high[i]! - low[i]!) / (Math.sqrt(beta) - Math.sqrt(variance));
    const mean = low[i]! - Math.sqrt(variance) * z;
    expect(value).toBeCloseTo(mean + (beta * variance) ** 0.25 * z, 10);
  }
});

it('γ changes neither β nor what is learned, and has a range', () => {
  expect(step(ddpmOf(0.7), 'beta')).toEqual(step(ddpm, 'beta'));
  expect(() => ddpmOf(1.1)).toThrow(/γ/);
});

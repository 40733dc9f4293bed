import { describe, expect, it } from 'vitest';
import { measureOnRequest } from '../../../src/families/gaussian/qualityRequest.ts';
import type { QualityRequest, QualityResult } from '../../../src/protocol/protocol.ts';
import { openModelsOnCpu } from '../../runtime/modelsOnCpu.ts';
import { smallConfig } from './smallExperiment.ts';

const FEW = { n: 200, draws: 2 };

async function measure(...requests: readonly QualityRequest[]): Promise<QualityResult[]> {
  const { models, learn } = await openModelsOnCpu({ ...smallConfig, nChain: 50 });
  await learn(3);
  const { model, release } = models.acquire('own');
  const results: QualityResult[] = [];
  try {
    for (const request of requests) {
      const steps = measureOnRequest(request, model, models.experiment, (result) => results.push(result));
      while (!(await steps.next()).done);
    }
    return results;
  } finally {
    release();
  }
}

describe('quality on request', () => {
  it('is that of true draws for the exact denoiser, and bad for a model that has learned nothing', async () => {
    const [exact, own] = await measure({ n: 1000, draws: 2, denoiser: 'exact' }, { n: 1000, draws: 2 });
    expect(exact).toMatchObject({ source: 'exact', step: 3, samples: 2000 });
    for (const name of ['slicedW2', 'strays', 'missed'] as const) {
      const { value, error, perfect } = exact![name];
      expect(Math.abs(value - perfect)).toBeLessThan(0.3 * perfect + 4 * error);
    }
    expect(own!.source).toBe('own');
    expect(own!.strays.value).toBeGreaterThan(0.3);
  });

  it('is a function of the seed and the sampler', async () => {
    const ddim = { ...FEW, denoiser: 'exact', sampler: 'ddim', nSteps: 5, timeGrid: 'linear' } as const;
    const [one, same, other, coarse] = await measure(
      { ...FEW, denoiser: 'exact', seed: 3 },
      { ...FEW, denoiser: 'exact', seed: 3 },
      { ...FEW, denoiser: 'exact', seed: 4 },
      ddim,
    );
    expect(same).toEqual(one);
    expect(other!.slicedW2.value).not.toBe(one!.slicedW2.value);
    expect(coarse!.strays.value).toBeGreaterThan(one!.strays.value);
  });

  it('takes the settings of a sampler, and what is left undefined as left out', async () => {
    const ddim = { ...FEW, denoiser: 'exact', sampler: 'ddim', nSteps: 5 } as const;
    const [plain, unset, noisy] = await measure(ddim, { ...ddim, eta: undefined }, { ...ddim, eta: 1 });
    expect(unset).toEqual(plain);
    expect(noisy!.slicedW2.value).not.toBe(plain!.slicedW2.value);
  });

  it.each([
    [{ n: 10 }, /n is 10/],
    [{ draws: 0 }, /draws is 0/],
    [{ seed: -1 }, /seed is -1/],
    [{ sampler: 'magic' }, /no sampler “magic”/],
    [{ timeGrid: 'square' }, /no timeGrid “square”/],
    [{ sampler: 'ddim', nSteps: 5, eta: 2 }, /eta is 2/],
    [{ sampler: 'ddim', nSteps: 5, clip: 'hard' }, /no clip “hard”/],
    [{ sampler: 'ddim', nSteps: 5, timeGrid: 'list', tau: [9, 60] }, /tau is 60/],
    [{ sampler: 'ddim', nSteps: 5, parameters: { sChurn: 2 } }, /no number called sChurn/],
    [{ sampler: 'ddpm', nSteps: 50, variance: 'learned' } as const, /learned no variance/],
  ])('refuses %j', async (request, message) => {
    await expect(measure(request)).rejects.toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { samplers } from '../../../../src/core/samplers/index.ts';
import { defaultConfig } from '../../../../src/experiment/fields.ts';
import { race } from '../../../../src/families/gaussian/studies/race.ts';
import { smallConfig } from '../smallExperiment.ts';
import { askedOf, studied } from './studyOnCpu.ts';

/** Data without detail, on a fine chain: errors are in the regime of their order from twenty steps on. */
const smooth = { ...smallConfig, nChain: 1000, noise: 3 };
const deterministic = samplers.entries.filter(
  (sampler) => !sampler.adaptive && !sampler.stochastic({ eta: 0, variance: 'beta' }),
);

describe('the order of a race', () => {
  it('is that of every deterministic sampler, with the exact denoiser', async () => {
    const entries = deterministic.map(({ id }) => ({ sampler: id, timeGrid: 'log-snr' }));
    const nSteps = [40, 80, 160, 320];
    const { result } = await studied(
      race,
      { samplers: entries, nSteps, denoisers: ['exact'], n: 100, seed: 1 },
      await askedOf(smooth),
    );
    expect(result.orders).toHaveLength(deterministic.length);
    for (const { sampler, order, error } of result.orders) {
      const stated = samplers.get(sampler).order!;
      expect(order, sampler).toBeGreaterThan(stated - 0.1);
      expect(order, sampler).toBeLessThan(stated + 0.1);
      expect(error, sampler).toBeLessThan(0.1);
    }
  }, 120_000);

  it('is told of the network’s own flow too', async () => {
    const { result } = await studied(
      race,
      {
        samplers: [{ sampler: 'ddim', timeGrid: 'log-snr' }],
        nSteps: [20, 40, 80],
        denoisers: ['learned'],
        n: 100,
        seed: 1,
      },
      await askedOf(smooth),
    );
    expect(result.orders[0]!.order).toBeGreaterThan(0.9);
    expect(result.orders[0]!.order).toBeLessThan(1.1);
  });
});

describe('a race', () => {
  const config = { ...defaultConfig, dataset: 'moons' };

  it('brings a good solver with the exact denoiser into the band of true draws, and a coarse one not', async () => {
    const { result } = await studied(
      race,
      {
        samplers: [{ sampler: 'dpm-solver-pp-2m', timeGrid: 'quadratic' }],
        nSteps: [2, 100],
        denoisers: ['exact'],
        n: 1000,
        seed: 1,
      },
      await askedOf(config),
    );
    const truth = result.truth!;
    const [coarse, fine] = result.rows;
    expect(Math.abs(fine!.w2 - truth.w2)).toBeLessThan(3 * truth.w2Deviation);
    expect(Math.abs(fine!.strays - truth.strays)).toBeLessThan(3 * fine!.straysError);
    expect(coarse!.w2).toBeGreaterThan(truth.w2 + 5 * truth.w2Deviation);
    expect(coarse!.toFlow).toBeGreaterThan(10 * fine!.toFlow!);
  }, 60_000);

  it('tells of every run, has no flow for samplers that add noise, and no steps for those that choose their own', async () => {
    const { result, heard } = await studied(
      race,
      {
        samplers: [{ sampler: 'ddim', eta: 1 }, { sampler: 'rk45' }, { sampler: 'ddim' }],
        nSteps: [3, 6],
        denoisers: ['learned', 'exact'],
        n: 100,
        seed: 4,
      },
      await askedOf(smallConfig),
    );
    expect(result.rows).toHaveLength(10);
    expect(heard.map(({ soFar }) => soFar.rows.length)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(heard.map(({ done }) => done)).toEqual(heard.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(heard.at(-1)!.done).toBeCloseTo(1, 12);
    for (const { entry, toFlow, nSteps, nfe } of result.rows) {
      expect(toFlow === null).toBe(entry === 0);
      expect(nSteps === null).toBe(entry === 1);
      expect(nfe).toBeGreaterThan(0);
    }
  });

  it('gives the same numbers again, whoever else runs', async () => {
    const of = await askedOf(smallConfig);
    const request = { nSteps: [5], denoisers: ['exact'], n: 100, seed: 3 } as const;
    const alone = await studied(race, { ...request, samplers: [{ sampler: 'ddpm' }] }, of);
    const beside = await studied(
      race,
      { ...request, samplers: [{ sampler: 'heun' }, { sampler: 'ddpm' }] },
      of,
    );
    const [row] = alone.result.rows;
    expect(beside.result.rows.find(({ sampler }) => sampler === 'ddpm')).toEqual({ ...row, entry: 1 });
  });

  it.each([
    [{ samplers: [{ sampler: 'nobody' }] }, /There is no sampler/],
    [{ samplers: [{ sampler: 'ddim', parameters: { sChurn: 1 } }] }, /no number called sChurn/],
    [{ n: 3 }, /n is 3/],
  ])('refuses %j', async (wrong, message) => {
    const request = {
      samplers: [{ sampler: 'ddim' }],
      nSteps: [5],
      denoisers: ['exact'],
      n: 100,
      seed: 1,
    } as const;
    const of = await askedOf(smallConfig);
    await expect(studied(race, { ...request, ...wrong }, of)).rejects.toThrow(message);
  });
});

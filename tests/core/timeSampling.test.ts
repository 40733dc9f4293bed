import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { nearZeroTerminalSnr } from '../../src/core/schedules/zeroTerminalSnr.ts';
import { timeSamplings } from '../../src/core/timeSampling/index.ts';
import { lossSecondMoment } from '../../src/core/timeSampling/lossSecondMoment.ts';
import type { TimeSamplingContext } from '../../src/core/timeSampling/timeSampling.ts';
import { expectClose, goldenCases } from './golden.ts';

const continuous: TimeSamplingContext = { process: processes.get('edm').build(), nChain: null, low: 1e-5 };
const chained: TimeSamplingContext = {
  process: discreteChain(schedules.get('linear').betas(100, { rescale: true })),
  nChain: 100,
  low: 0,
};

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const nodeOf = (t: number) => Math.round(t * 100);

describe.each(timeSamplings.entries)('drawing t: $id', (entry) => {
  it('stays in its range, on the nodes of a chain, and repeats with the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), fc.boolean(), (n, seed, discrete) => {
        const context = discrete ? chained : continuous;
        const { times, weights } = entry.build(context).draw(n, createRng(seed));
        expect(times).toHaveLength(n);
        expect(weights).toHaveLength(n);
        for (const t of times) {
          expect(t >= 1e-5 && t <= 1).toBe(true);
          if (discrete) expect(t).toBe(nodeOf(t) / 100);
        }
        expect(entry.build(context).draw(n, createRng(seed)).times).toEqual(times);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves the mean of a function of t as it is, unless it means to lean', () => {
    if (['log-normal', 'log-snr', 'log-noise'].includes(entry.id)) return;
    const n = 20_000;
    for (const context of [continuous, chained]) {
      const sampler = entry.build(context);
      // Losses t² teach the loss-aware one to prefer large t; the weights must undo it.
      for (let round = 0; round < 30; round++) {
        const all = Float64Array.from({ length: 100 }, (_, i) => (i + 1) / 100);
        sampler.learn(
          all,
          all.map((t) => 0.1 + t ** 2),
        );
      }
      const { times, weights } = sampler.draw(n, createRng(7));
      const exact = context.nChain === null ? 1 / 3 : (101 * 201) / (6 * 100 ** 2);
      const estimate = mean(times.map((t, i) => weights[i]! * t ** 2));
      expect(Math.abs(estimate - exact)).toBeLessThan(4 * Math.sqrt(4 / 45 / n) * 2);
    }
  });

  it('refuses an empty batch, a bad chain, a bad least time and an unknown parameter', () => {
    const sampler = entry.build(chained);
    expect(() => sampler.draw(0, createRng(1))).toThrow(/batch size must be a whole number/);
    expect(() => entry.build({ ...chained, nChain: 0 })).toThrow(RangeError);
    expect(() => entry.build({ ...continuous, low: 1 })).toThrow(/least time/);
    expect(() => entry.build(chained, { nothing: 1 })).toThrow(/no parameter 'nothing'/);
  });

  it('describes itself', () => {
    expect(entry.summary).toMatch(/\.$/);
    expect(entry.equation).toMatch(/_t|t_|t \\sim|sigma/);
  });
});

describe('what each promises', () => {
  const draw = (id: string, context: TimeSamplingContext, n: number) =>
    timeSamplings.get(id).build(context).draw(n, createRng(5)).times;

  it('antithetic: mirrors', () => {
    const times = draw('antithetic', chained, 64);
    for (let i = 0; i < 32; i++) expect(nodeOf(times[i]!) + nodeOf(times[i + 32]!)).toBe(101);
    expect(draw('antithetic', chained, 7)).toHaveLength(7);
  });

  it.each(['stratified', 'low-discrepancy'])('%s: one time in each stratum', (id) => {
    const strata = Float64Array.from(draw(id, { ...continuous, low: 0 }, 50), (t) =>
      Math.floor(t * 50),
    ).sort();
    expect(Array.from(strata)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('log-normal: ln σ has the stated mean and spread', () => {
    const n = 20_000;
    const logs = draw('log-normal', { ...continuous, low: 0 }, n).map((t) =>
      Math.log(continuous.process.kernel(t).sigma),
    );
    const centre = mean(logs);
    const variance = mean(logs.map((value) => (value - centre) ** 2));
    expect(Math.abs(centre + 1.2)).toBeLessThan((4 * 1.2) / Math.sqrt(n));
    expect(Math.abs(variance / 1.44 - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });
});

describe('LossSecondMomentResampler', () => {
  interface Params {
    readonly T: number;
    readonly history_per_term: number;
    readonly uniform_prob: number;
    readonly t_index: readonly number[];
    readonly loss: readonly number[];
  }
  interface Values {
    readonly weights_before_warm_up: readonly number[];
    readonly weights: readonly number[];
    readonly importance_weight_1_over_Tp: readonly number[];
  }
  const cases = goldenCases<Params, Values>('training', (id) => id.startsWith('loss_second_moment'));

  it.each(cases)('$id', ({ params, values }) => {
    const memory = lossSecondMoment(params.T, params.history_per_term, params.uniform_prob);
    expectClose(memory.weights(), values.weights_before_warm_up, {});
    params.t_index.forEach((t, i) => {
      memory.update([t], [params.loss[i]!]);
    });
    expect(memory.warmedUp).toBe(true);
    const weights = memory.weights();
    expectClose(weights, values.weights, { relative: 1e-12 });
    const importance = weights.map((weight) => 1 / (params.T * weight));
    expectClose(importance, values.importance_weight_1_over_Tp, { relative: 1e-12 });
  });

  it('stays uniform until every step has a full history', () => {
    const memory = lossSecondMoment(3, 2);
    memory.update([0, 0, 1, 1, 2], [9, 9, 1, 1, 1]);
    expect(memory.warmedUp).toBe(false);
    expect(Array.from(memory.weights())).toEqual([1, 1, 1]);
    memory.update([2], [1]);
    expect(memory.weights()[0]!).toBeGreaterThan(0.8);
  });

  it('refuses what it cannot remember', () => {
    const memory = lossSecondMoment(3);
    expect(() => memory.update([3], [1])).toThrow(/from 0 to 2/);
    expect(() => memory.update([0], [Number.NaN])).toThrow(/A loss/);
    expect(() => memory.update([0, 1], [1])).toThrow(/a loss for each/);
    expect(() => lossSecondMoment(3, 0)).toThrow(/historyPerTerm/);
    expect(() => lossSecondMoment(3, 10, 2)).toThrow(/uniformProb/);
  });
});

describe.each([
  { id: 'log-snr', of: (ratio: number) => Math.log(ratio) },
  { id: 'log-noise', of: (ratio: number) => Math.log(ratio / (1 + ratio)) },
])('drawing t by $id', ({ id: way, of }) => {
  const sampling = timeSamplings.get(way);
  /** What is drawn evenly, falling with the noise, as far as it is told apart. */
  const measureOf = ({ process }: TimeSamplingContext, t: number) => {
    const { alpha, sigma } = process.kernel(t);
    return -of(Math.max(1e-3, Math.min(1e3, sigma / alpha)));
  };

  it('spreads it evenly between the ends of any process', () => {
    for (const { id, build } of processes.entries) {
      const context = { process: build(), nChain: null, low: 0.01 };
      const [most, least] = [context.low, 1].map((t) => measureOf(context, t));
      const { times } = sampling.build(context).draw(1000, createRng(3));
      const shares = times.map((t) => (most! - measureOf(context, t)) / (most! - least!)).sort();
      for (const [i, share] of shares.entries()) expect(Math.abs(share - i / 1000), id).toBeLessThan(2e-3);
    }
  });

  it('draws each node of a chain as often as its neighbours are far apart', () => {
    const values = Array.from({ length: 100 }, (_, i) => measureOf(chained, (i + 1) / 100));
    const n = 1_000_000;
    const counts = new Float64Array(100);
    for (const t of sampling.build(chained).draw(n, createRng(4)).times) counts[nodeOf(t) - 1]! += 1;
    const range = values[0]! - values[99]!;
    for (const [i, count] of counts.entries()) {
      const above = i > 0 ? (values[i - 1]! - values[i]!) / 2 : 0;
      const below = i < 99 ? (values[i]! - values[i + 1]!) / 2 : 0;
      expect(Math.abs(count / n - (above + below) / range)).toBeLessThan(2 / n + 1e-9);
      expect(count).toBeGreaterThan(0);
    }
  });

  it('reaches the last node of a chain that ends in pure noise', () => {
    const betas = nearZeroTerminalSnr(schedules.get('linear').betas(100, { rescale: true }));
    const context = { process: discreteChain(betas), nChain: 100, low: 0 };
    const { times } = sampling.build(context).draw(100_000, createRng(5));
    expect(times.every((t) => t > 0 && t <= 1)).toBe(true);
    expect(times.includes(1)).toBe(true);
  });
});

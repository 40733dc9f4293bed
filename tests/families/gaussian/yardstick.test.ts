import { describe, expect, it } from 'vitest';
import { createExperiment, freshData } from '../../../src/families/gaussian/experiment.ts';
import {
  DRAW_SIZE,
  lookAtDraw,
  qualityOf,
  qualityOfDraws,
  standardOf,
  truePoints,
} from '../../../src/families/gaussian/yardstick.ts';
import { smallConfig } from './smallExperiment.ts';

const experiment = createExperiment(smallConfig);
const DRAWS = 4;
const truth = freshData(experiment, DRAWS * DRAW_SIZE, 5);

describe('the quality of samples', () => {
  it('is that of true draws for true draws', () => {
    const { samples, ...measured } = qualityOf(truth, experiment);
    expect(samples).toBe(DRAWS * DRAW_SIZE);
    for (const { value, error, perfect } of Object.values(measured)) {
      expect(Math.abs(value - perfect)).toBeLessThan(4 * error);
      expect(error).toBeLessThan(perfect);
    }
  });

  it('tells samples beside the data from samples that leave some out', () => {
    const beside = qualityOf(
      truth.map((value) => value + 10),
      experiment,
    );
    expect(beside.strays.value).toBe(1);
    expect(beside.missed.value).toBe(1);
    // The upper moon alone.
    const { points, labels } = experiment.dataset.sampleLabelled(4 * DRAW_SIZE, experiment.rng, 1);
    const half = points.filter((_, i) => labels[i >> 1] === 0).subarray(0, 2 * DRAW_SIZE);
    const upper = qualityOf(half, experiment);
    expect(upper.strays.value).toBeLessThan(0.02);
    expect(Math.abs(upper.missed.value - 0.5)).toBeLessThan(0.06);
  });

  it('of samples that are not finite is infinitely far', () => {
    const { slicedW2, strays, missed } = qualityOf(
      new Float32Array(2 * DRAW_SIZE).fill(Number.NaN),
      experiment,
    );
    expect([slicedW2.value, strays.value, missed.value]).toEqual([Number.POSITIVE_INFINITY, 1, 1]);
  });

  it('is the mean over draws, whose errors shrink', () => {
    const standard = standardOf(experiment);
    const draws = Array.from({ length: DRAWS }, (_, k) =>
      lookAtDraw(
        truth.subarray(2 * k * DRAW_SIZE, 2 * (k + 1) * DRAW_SIZE),
        truePoints(experiment, k),
        standard,
      ),
    );
    const all = qualityOfDraws(draws, standard);
    expect(all).toEqual(qualityOf(truth, experiment));
    const one = qualityOfDraws(draws.slice(0, 1), standard);
    for (const name of ['slicedW2', 'strays', 'missed'] as const) {
      expect(all[name].error).toBeLessThan(0.7 * one[name].error);
    }
  });

  it('needs a whole draw', () => {
    expect(() => qualityOf(truth.subarray(0, 100), experiment)).toThrow(/at least 2000 samples/);
  });
});

import { expect, it } from 'vitest';
import { memorisation } from '../../../../src/families/gaussian/studies/memorisation.ts';
import { smallConfig } from '../smallExperiment.ts';
import { askedOf, studied } from './studyOnCpu.ts';

const ask = { trainSteps: 20, n: 100, seed: 1 };

it('trains a model on each number of points and measures it, with progress on the way', async () => {
  const of = await askedOf({ ...smallConfig, nPoints: 50 });
  const { result, heard } = await studied(memorisation, { sizes: [5, 60], ...ask }, of);
  expect(result.rows.map(({ nPoints }) => nPoints)).toEqual([5, 60]);
  for (const { ratio, ratioError, copies, step, weights, curve, seconds } of result.rows) {
    expect(ratio).toBeGreaterThan(0);
    expect(ratioError).toBeGreaterThan(0);
    expect(copies).toBeLessThanOrEqual(1);
    expect(step).toBe(20);
    expect(weights.length).toBeGreaterThan(100);
    expect(curve.steps.at(-1)).toBe(20);
    expect(seconds).toBeGreaterThan(0);
  }
  const done = heard.map((each) => each.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(1);
  expect(done.length).toBeGreaterThan(2);
});

it.each([
  [{ sizes: [4] }, smallConfig, /sizes/],
  [{ trainSteps: 0 }, smallConfig, /trainSteps/],
  [{}, { ...smallConfig, dataset: 'custom', customPoints: [0, 0, 1, 1, 2, 0, 0, 1] } as const, /all used/],
])('refuses %j', async (wrong, config, message) => {
  const of = await askedOf(config);
  await expect(studied(memorisation, { sizes: [5], ...ask, ...wrong }, of)).rejects.toThrow(message);
});

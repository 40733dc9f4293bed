import { expect, it } from 'vitest';
import { exactLogDensity } from '../../../../src/core/exact.ts';
import { gaussianLogLikelihood } from '../../../../src/core/likelihood/bound2015.ts';
import { freshData } from '../../../../src/families/gaussian/experiment.ts';
import { bound2015 } from '../../../../src/families/gaussian/studies/bound2015.ts';
import { pointLikelihood } from '../../../../src/families/gaussian/studies/pointLikelihood.ts';
import { smallConfig } from '../smallExperiment.ts';
import { askedOf, studied } from './studyOnCpu.ts';

const smooth = { ...smallConfig, noise: 3 };

it('the likelihood of points is told in bits and data units: by the exact flow that of the density', async () => {
  const of = await askedOf(smooth);
  const points = Float32Array.from(freshData(of.experiment, 210, 5));
  const { result, heard } = await studied(pointLikelihood, { points }, of);
  const wanted = exactLogDensity(
    of.experiment.dataset.density(smooth.noise),
    { alpha: 1, sigma: 0 },
    Float64Array.from(points),
  ).map((log) => log / Math.LN2);
  expect(result.model).toHaveLength(210);
  expect(result.model.every(Number.isFinite)).toBe(true);
  for (const [i, log] of wanted.entries()) expect(result.density[i]).toBeCloseTo(log, 4);
  const off = wanted.map((log, i) => Math.abs(log - result.exact[i]!)).sort();
  // The flow ends at the least noise that is taught, not at none.
  expect(off[105]).toBeLessThan(0.05);
  expect(heard.map(({ done }) => done)).toEqual([200 / 210, 1]);
  expect(heard[0]!.soFar.model).toEqual(result.model.slice(0, 200));
}, 120_000);

it('a point that is so far off that its flow has no end is named', async () => {
  const of = await askedOf(smooth);
  const points = Float32Array.of(0, 0, 1e30, 1e30);
  await expect(studied(pointLikelihood, { points }, of)).rejects.toThrow(/from point 1, \(1\.0*1?\d*e\+30/);
}, 60_000);

it('K of 2015 rises with T towards the truth, which it does not pass, and what knows less has less', async () => {
  const of = await askedOf(smooth);
  const { result } = await studied(bound2015, { nSteps: [5, 20, 100], n: 400, seed: 1 }, of);
  expect(result.lNull).toBeCloseTo(-Math.log2(2 * Math.PI * Math.E), 1);
  expect(gaussianLogLikelihood(Float64Array.of(1, -1))).toBeCloseTo(-Math.log2(2 * Math.PI * Math.E), 9);
  const [few, some, many] = result.rows;
  expect(result.rows.map(({ nSteps }) => nSteps)).toEqual([5, 20, 100]);
  expect(some!.exact.mean).toBeGreaterThan(few!.exact.mean);
  expect(many!.exact.mean).toBeGreaterThan(some!.exact.mean);
  for (const { model, exact } of result.rows) {
    expect(exact.mean).toBeLessThan(result.truth + 4 * exact.error + 0.05);
    expect(model.mean).toBeLessThan(exact.mean);
    expect(Number.isFinite(model.mean)).toBe(true);
  }
}, 120_000);

import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tfjsSpace } from '../../../src/backends/tfjs/space.ts';
import { processes } from '../../../src/core/processes/index.ts';
import { createRng } from '../../../src/core/rng.ts';
import { clips } from '../../../src/core/samplers/clips.ts';
import { samplers } from '../../../src/core/samplers/index.ts';
import { thresholded } from '../../../src/core/samplers/thresholding.ts';
import { timeGrids } from '../../../src/core/timeGrids/index.ts';
import type { Trajectory } from '../../../src/protocol/protocol.ts';
import { watchList } from '../../../src/store/watchList.ts';
import type { RecordingRequest } from '../../../src/views/index.ts';
import { newStage } from '../../../src/views/index.ts';
import type { ReverseStage } from '../../../src/views/reverse/stage.ts';
import { sessionPerTest } from '../../runtime/sessionOnCpu.ts';
import { smallConfig } from './smallExperiment.ts';

const stand = sessionPerTest();
const { recorded } = stand;

/** What the page would ask for. */
const requestOf = (patch: Partial<ReverseStage>, nChain = smallConfig.nChain): RecordingRequest =>
  watchList({ stages: [{ ...newStage.reverse, nSteps: 4, ...patch }], nChain }).requests[0]!;

const isMonotone = (times: Float32Array) => {
  const sign = Math.sign(times.at(-1)! - times[0]!);
  return times.every((t, i) => i === 0 || sign * (t - times[i - 1]!) > 0);
};

async function trajectoriesOf(patches: readonly Partial<ReverseStage>[]): Promise<Trajectory[]> {
  return (await recorded(patches.map((patch) => requestOf(patch)))).filter(
    (one) => one.kind === 'trajectory',
  );
}

describe.each(processes.entries)('with the process $id', ({ id }) => {
  it('every sampler, learned and exact, is recorded from noise to data within the view', async () => {
    await stand.session.start({ ...smallConfig, process: id });
    const patches = samplers.entries.flatMap(({ id: sampler }) =>
      (['learned', 'exact'] as const).map((denoiser) => ({ sampler, denoiser })),
    );
    for (const { times, x, x0Hat, nfe } of await trajectoriesOf(patches)) {
      expect([times[0], times.at(-1)]).toEqual([1, 0]);
      expect(isMonotone(times)).toBe(true);
      expect(nfe.at(-1)).toBeGreaterThanOrEqual(2);
      expect(x.length).toBe(times.length * smallConfig.nParticles * 2);
      expect(x0Hat.length).toBe(x.length);
      expect(x.every(Number.isFinite)).toBe(true);
      // What is drawn first is standard normal noise, whatever the prior.
      expect(Math.max(...x.subarray(0, 100).map(Math.abs))).toBeLessThan(6);
    }
  });

  it('every time grid, and both directions, are recorded', async () => {
    await stand.session.start({ ...smallConfig, process: id });
    const grids = timeGrids.entries.map(({ id: timeGrid }) => ({
      timeGrid,
      tau: [2, 5],
      denoiser: 'exact' as const,
    }));
    const encoding = samplers.entries
      .filter((sampler) => !sampler.stochastic({ eta: 0, variance: 'beta' }))
      .map(({ id: sampler }) => ({
        sampler,
        direction: 'encode' as const,
        denoiser: 'exact' as const,
        nSteps: 8,
      }));
    for (const { times } of await trajectoriesOf(grids)) expect([times[0], times.at(-1)]).toEqual([1, 0]);
    for (const { times, x } of await trajectoriesOf(encoding)) {
      expect([times[0], times.at(-1)]).toEqual([0, 1]);
      expect(isMonotone(times)).toBe(true);
      expect(x.every(Number.isFinite)).toBe(true);
    }
  });

  it('the forward process is drawn within the view, by jumps and as a chain, to the prior’s spread', async () => {
    await stand.session.start({ ...smallConfig, process: id, nParticles: 1000 });
    const modes = ['closed-form', 'chain'] as const;
    const forward = await recorded(modes.map((mode) => ({ kind: 'forward', mode })));
    for (const recording of forward) {
      if (recording.kind !== 'trajectory') throw new Error('A forward process is a trajectory.');
      const last = recording.x.subarray(-2000);
      const spread = Math.sqrt(last.reduce((sum, value) => sum + value ** 2, 0) / last.length);
      expect(spread).toBeGreaterThan(0.3);
      expect(spread).toBeLessThan(1.6);
    }
  });

  it('a dropped particle’s path goes through the place where it was dropped', async () => {
    await stand.session.start({ ...smallConfig, process: id });
    for (const { id: sampler } of samplers.entries) {
      const stage: ReverseStage = { ...newStage.reverse, sampler, denoiser: 'exact' };
      const { times, points, droppedAt } = await stand.session.path({ stage, t: 0.5, point: [1, -0.5] });
      expect(times[droppedAt]).toBe(0.5);
      expect(points[2 * droppedAt]).toBeCloseTo(1, 4);
      expect(points[2 * droppedAt + 1]).toBeCloseTo(-0.5, 4);
      expect(times.at(-1)).toBe(0);
      expect(points.every(Number.isFinite)).toBe(true);
    }
  });
});

it('the drawn score is that of the drawn points', async () => {
  await stand.session.start({ ...smallConfig, process: 'edm' });
  const [field] = await recorded([{ kind: 'score', source: 'exact' }]);
  if (field?.kind !== 'field') throw new Error('A score is a field.');
  const { resolution, halfWidth, values: score } = field;
  // At t = 1 what is drawn is a standard normal in units of the data's spread: its score is −(y − centre)/spread².
  const last = score.subarray(-2 * resolution ** 2);
  const slope = (last[2 * (resolution - 1)]! - last[0]!) / (2 * halfWidth);
  const across = (last[2 * resolution * (resolution - 1) + 1]! - last[1]!) / (2 * halfWidth);
  expect(slope).toBeLessThan(-0.3);
  expect(slope).toBeGreaterThan(-1);
  expect(across / slope).toBeCloseTo(1, 2);
});

it('a list has its own steps, and a last denoising takes the place of the last state', async () => {
  await stand.session.start({ ...smallConfig, process: 've' });
  const [listed] = await trajectoriesOf([{ timeGrid: 'list', tau: [1, 4], denoiser: 'exact' }]);
  expect(Array.from(listed!.times, (t) => Math.round(t * 10))).toEqual([10, 4, 1, 0]);
  const [denoised, left] = await trajectoriesOf([
    { denoiser: 'exact' },
    { denoiser: 'exact', tweedie: false },
  ]);
  expect(denoised!.times).toEqual(left!.times);
  expect(denoised!.nfe.at(-1)).toBe(left!.nfe.at(-1)! + 1);
  expect(denoised!.x.slice(-100)).not.toEqual(left!.x.slice(-100));
});

it('Langevin dynamics counts its steps along the time axis', async () => {
  await stand.session.start(smallConfig);
  const [run] = await trajectoriesOf([{ sampler: 'langevin', nSteps: 8, denoiser: 'exact' }]);
  expect(Array.from(run!.times)).toEqual([1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0]);
  expect(Array.from(run!.nfe)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it('clipping keeps predictions within the range, learned and exact', async () => {
  await stand.session.start(smallConfig);
  const units = Math.max(...(await stand.session.data({ n: 5000, seed: 1 })).map(Math.abs));
  const patches = (['learned', 'exact'] as const).flatMap((denoiser) =>
    clips.entries
      .filter(({ id }) => id !== 'none')
      .map(({ id: clip }) => ({ clip, denoiser, parameters: { limit: 0.2 } })),
  );
  for (const { x } of await trajectoriesOf(patches)) {
    expect(Math.max(...x.slice(-100).map(Math.abs))).toBeLessThan(units / 2 + 0.5);
  }
});

it('programs sample in true units, with every option that a stage has, and learn what is wrong', async () => {
  await stand.session.start({ ...smallConfig, process: 'edm' });
  const { frames } = await stand.session.sample({
    sampler: 'ddim',
    nSteps: 4,
    n: 50,
    seed: 1,
    frames: 2,
    denoiser: 'exact',
  });
  expect(Math.max(...frames!.subarray(0, 100).map(Math.abs))).toBeGreaterThan(20);
  const heun = { sampler: 'heun', nSteps: 4, n: 10, seed: 1, timeGrid: 'karras', denoiser: 'exact' } as const;
  const plain = await stand.session.sample(heun);
  const churned = await stand.session.sample({ ...heun, parameters: { sChurn: 50, rho: 3 }, clip: 'limit' });
  expect(churned.points).not.toEqual(plain.points);
  const learned = stand.session.sample({ ...heun, sampler: 'ddpm', variance: 'learned' });
  await expect(learned).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('no variance'),
  });
  await expect(stand.session.sample({ ...heun, clip: 'hard' })).rejects.toMatchObject({
    code: 'bad-request',
  });
  await expect(stand.session.sample({ ...heun, tau: [11] })).rejects.toMatchObject({ code: 'bad-request' });
});

it('DDPM takes the variance that a network has learned', async () => {
  await stand.session.start({ ...smallConfig, learnedVariance: true });
  const run = { sampler: 'ddpm', nSteps: 10, n: 20, seed: 1 } as const;
  const { points } = await stand.session.sample({ ...run, variance: 'learned' });
  expect(points.every(Number.isFinite)).toBe(true);
  expect(points).not.toEqual((await stand.session.sample({ ...run, variance: 'beta' })).points);
});

it('tensors are thresholded as arrays are', async () => {
  const points = Float64Array.of(0.5, -3, 4, 2, -0.1, 0.2);
  const space = tfjsSpace(createRng(1));
  for (const how of [
    { kind: 'limit', limit: 1 } as const,
    { kind: 'dynamic', limit: 1, quantile: 0.7 } as const,
  ]) {
    const tensor = tf.tensor2d(Float32Array.from(points), [3, 2]);
    const result = space.threshold(tensor, how);
    const values = await result.data();
    thresholded(points, how).forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 5);
    });
    tensor.dispose();
    result.dispose();
  }
});

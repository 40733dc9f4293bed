import { expect, it } from 'vitest';
import { interpretProgram } from '../../../src/core/program.ts';
import { createRng } from '../../../src/core/rng.ts';
import { exactDeviceDenoiser } from '../../../src/families/gaussian/deviceDenoiser.ts';
import { measureOnRequest } from '../../../src/families/gaussian/qualityRequest.ts';
import { newFrames } from '../../../src/families/gaussian/recordings/frames.ts';
import { measuredVariance } from '../../../src/families/gaussian/recordings/measuredVariance.ts';
import { runSampler } from '../../../src/families/gaussian/recordings/runSampler.ts';
import { prepareRun, settingsOf, timesOf } from '../../../src/families/gaussian/recordings/samplerRun.ts';
import { startingPoints } from '../../../src/families/gaussian/recordings/start.ts';
import type { QualityResult } from '../../../src/protocol/protocol.ts';
import { newStage } from '../../../src/views/index.ts';
import type { ReverseStage } from '../../../src/views/reverse/stage.ts';
import { openModelsOnCpu } from '../../runtime/modelsOnCpu.ts';
import { smallConfig } from './smallExperiment.ts';

const stage = { ...newStage.reverse, sampler: 'ddpm', nSteps: 5, variance: 'optimal' } as const;
const settings = settingsOf(stage);

async function open() {
  const { models, learn } = await openModelsOnCpu({ ...smallConfig, nChain: 20 });
  await learn(2);
  const { experiment } = models;
  return { models, learn, experiment, times: timesOf(settings, experiment), ...models.acquire('own') };
}

/** What a measurement found, and in how many pieces. */
async function measured(
  { model, experiment, times }: Pick<Awaited<ReturnType<typeof open>>, 'model' | 'experiment' | 'times'>,
  change: Partial<ReverseStage> = {},
) {
  const steps = measuredVariance({ ...settings, ...change }, model, experiment, times);
  let pieces = 0;
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { of: value.meanPosteriorVariance, pieces };
    pieces += 1;
  }
}

it('is measured once for a network at each level, and anew for another', async () => {
  const opened = await open();
  const first = await measured(opened);
  expect(first.pieces).toBe(5);
  const again = await measured(opened);
  expect(again.pieces).toBe(0);
  for (const t of opened.times.slice(0, -1)) {
    expect(first.of!(t)).toBe(again.of!(t));
    expect(first.of!(t)).toBeGreaterThanOrEqual(0);
    expect(first.of!(t)).toBeLessThan(1.1);
  }
  expect(() => first.of!(0.123)).toThrow(/0.123/);
  opened.release();
  await opened.learn(3);
  const { model, release } = opened.models.acquire('own');
  expect((await measured({ ...opened, model })).pieces).toBe(5);
  release();
});

it('is exact beside the exact denoiser, grows with the noise, and is nothing for other variances', async () => {
  const opened = await open();
  const { of, pieces } = await measured(opened, { denoiser: 'exact' });
  expect(pieces).toBe(5);
  const left = opened.times.slice(0, -1).map((t) => of!(t));
  expect(left).toEqual([...left].sort((a, b) => b - a));
  expect(left[0]).toBeCloseTo(1, 1);
  expect((await measured(opened, { variance: 'beta' })).of).toBeUndefined();
  expect((await measured(opened, { sampler: 'heun' })).of).toBeUndefined();
  expect((await measured(opened, { sampler: 'ddim', denoiser: 'exact' })).of!(1)).toBe(of!(1));
  opened.release();
});

it.each(['ddpm', 'ddim'])('a path of %s written down before is the path step by step', async (sampler) => {
  const { model, experiment, times, release } = await open();
  const ends: Float32Array[] = [];
  for (const written of [false, true]) {
    const preparing = prepareRun(
      { ...settings, sampler, denoiser: 'exact' },
      model,
      experiment,
      createRng(4),
    );
    let step = await preparing.next();
    while (!step.done) step = await preparing.next();
    const plain = exactDeviceDenoiser(experiment, createRng(4));
    const walking = {
      ...plain,
      async *runProgram(program: Parameters<typeof interpretProgram>[0], start: Float32Array) {
        const place = { ...plain, learnedNoise: null };
        yield interpretProgram(program, place, Float64Array.from(start)).map((x) => Float32Array.from(x));
      },
    };
    const frames = newFrames();
    const start = startingPoints(20, false, createRng(3), experiment.process);
    const run = { ...step.value.run, times, start: Float64Array.from(Float32Array.from(start)), nFrames: 2 };
    for await (const _ of runSampler(frames, written ? walking : plain, experiment, run));
    ends.push(Float32Array.from(frames.x.at(-1)!));
  }
  expect(ends[0]!.every(Number.isFinite)).toBe(true);
  expect(ends[1]).toEqual(ends[0]);
  release();
});

it('quality is measured with it, learned and exact', async () => {
  const { model, experiment, release } = await open();
  const results: QualityResult[] = [];
  for (const denoiser of ['exact', 'learned'] as const) {
    for (const variance of ['beta-tilde', 'optimal'] as const) {
      const request = { n: 200, draws: 2, sampler: 'ddpm', nSteps: 5, variance, denoiser } as const;
      const steps = measureOnRequest(request, model, experiment, (result) => results.push(result));
      while (!(await steps.next()).done);
    }
  }
  const [small, optimal, , learned] = results.map(({ slicedW2 }) => slicedW2.value);
  expect(optimal!).toBeLessThan(small!);
  expect(Number.isFinite(learned)).toBe(true);
  release();
});

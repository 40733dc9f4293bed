import { beforeAll, describe, expect, it } from 'vitest';
import { TIME_FEATURES } from '../../src/backends/network.ts';
import { simdBackend } from '../../src/backends/simd/backend.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { createRng } from '../../src/core/rng.ts';
import { samplers } from '../../src/core/samplers/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { learnedDeviceDenoiser } from '../../src/families/gaussian/deviceDenoiser.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { type Frames, newFrames } from '../../src/families/gaussian/recordings/frames.ts';
import { runSampler } from '../../src/families/gaussian/recordings/runSampler.ts';
import { runSettings, settingsOf, timesOf } from '../../src/families/gaussian/recordings/samplerRun.ts';
import { startingPoints } from '../../src/families/gaussian/recordings/start.ts';
import { newStage } from '../../src/views/index.ts';
import type { ReverseRun } from '../../src/views/reverse/stage.ts';
import { largestDifference } from './differences.ts';
import { randomWeights } from './simdFixtures.ts';

const N = 101;
const shape = { width: 16, depth: 2, nChain: 30 } as const;
let backend: TrainerBackend<unknown>;
beforeAll(async () => {
  backend = (await simdBackend('simd')) as TrainerBackend<unknown>;
});

/** A path of a network with random weights: as the backend runs it, or step by step. */
async function framesOf(patch: Partial<ExperimentConfig>, run: Partial<ReverseRun>, whole: boolean) {
  const experiment = createExperiment({ ...defaultConfig, ...shape, ...patch });
  const weights = randomWeights(experiment.task.shape).map((w) => 0.5 * w);
  const network = backend.createNetwork(experiment.task.shape, weights);
  const settings = settingsOf({ ...newStage.reverse, nSteps: 9, ...run, kind: 'reverse' });
  const deviceDenoiser = learnedDeviceDenoiser(backend, network, experiment, createRng(7), settings);
  const { runProgram, ...stepwise } = deviceDenoiser;
  expect(runProgram).toBeDefined();
  const frames = newFrames();
  for await (const _ of runSampler(frames, whole ? deviceDenoiser : stepwise, experiment, {
    ...runSettings(settings, experiment),
    times: timesOf(settings, experiment),
    start: startingPoints(N, false, createRng(3), experiment.process),
    nFrames: 6,
    drawn: true,
  }));
  network.dispose();
  return frames;
}

/** The largest difference of any two numbers, beside the size of the points. */
function apart(a: Frames, b: Frames): number {
  expect(a.times).toEqual(b.times);
  expect(a.nfe).toEqual(b.nfe);
  const all = [...b.x, ...b.x0Hat];
  const size = Math.max(1, ...all.flatMap((points) => [...points].map(Math.abs)));
  return Math.max(...[...a.x, ...a.x0Hat].map((points, i) => largestDifference(points, all[i]!))) / size;
}

describe('a path that is run many steps at a time', () => {
  it.each(samplers.entries.map(({ id }) => id))(
    '%s: is the same to the bit as step by step',
    async (sampler) => {
      for (const process of ['vp', 've']) {
        const [whole, stepwise] = await Promise.all(
          [true, false].map((way) => framesOf({ process }, { sampler }, way)),
        );
        expect(whole).toEqual(stepwise);
      }
    },
  );

  it.each([
    ['a learned variance', { learnedVariance: true }, { sampler: 'ddpm', variance: 'learned' }],
    ['clipping', {}, { clip: 'limit' }],
    ['dynamic thresholding', {}, { clip: 'dynamic' }],
    ['a class', { dataset: 'rings', conditional: true }, { ofClass: 2 }],
    ['guidance', { dataset: 'rings', conditional: true }, { ofClass: 2, guidance: 1.5 }],
    [
      'guidance that takes the class away',
      { dataset: 'rings', conditional: true },
      { ofClass: 2, guidance: -1 },
    ],
    [
      'a variance that is learned beside a class',
      { dataset: 'rings', conditional: true, learnedVariance: true },
      { sampler: 'ddpm', variance: 'learned', ofClass: 1, guidance: 0.5 },
    ],
  ] as const)('with %s: is the same but for rounding', async (_, patch, run) => {
    const [whole, stepwise] = await Promise.all([true, false].map((way) => framesOf(patch, run, way)));
    expect(apart(whole!, stepwise!)).toBeLessThan(2e-6);
  });

  it('says what it knows as it goes, and everything in the end; left early, it gives back what it holds', async () => {
    const { task } = createExperiment({ ...defaultConfig, ...shape, width: 128 });
    const { bytes } = backend.memory();
    const network = backend.createNetwork(task.shape, randomWeights(task.shape));
    const held = backend.memory().bytes;
    const nSteps = 300;
    const operations = Array.from({ length: nSteps }, (_, k) => [
      { kind: 'denoise', to: 0, from: 0, t: k } as const,
      { kind: 'keep', from: 0, slot: k } as const,
    ]).flat();
    const level = { inputScale: 1, features: new Float32Array(TIME_FEATURES) };
    const path = () =>
      backend.sampleProgram!(network, {
        program: { operations, nRegisters: 1, nSlots: nSteps, kept: [] },
        start: new Float32Array(2 * N).fill(0.5),
        levelAt: () => ({ level, skip: 0.5, out: 0.1 }),
        rng: createRng(1),
      });
    const known: number[] = [];
    for await (const slots of path()) known.push(slots.filter(Boolean).length);
    expect(known.length).toBeGreaterThan(1);
    expect(known).toEqual([...known].sort((a, b) => a - b));
    expect(known.at(-1)).toBe(nSteps);
    for await (const _ of path()) break;
    expect(backend.memory().bytes).toBe(held);
    network.dispose();
    expect(backend.memory().bytes).toBe(bytes);
  });
});

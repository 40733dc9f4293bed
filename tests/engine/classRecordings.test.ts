import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/fields.ts';
import { newStage } from '../../src/config/stagesCodec.ts';
import type { ExperimentConfig, ReverseStage } from '../../src/config/types.ts';
import {
  type EngineEvent,
  type Recording,
  recordingKey,
  type Trajectory,
} from '../../src/engine/protocol.ts';
import { createSession, type Session } from '../../src/engine/session.ts';
import { watchList } from '../../src/store/watchList.ts';
import { openCpu } from './tfjsOnCpu.ts';

const taught: ExperimentConfig = {
  ...defaultConfig,
  dataset: 'rings',
  conditional: true,
  learnedVariance: true,
  nPoints: 100,
  nChain: 10,
  width: 8,
  depth: 1,
  nParticles: 50,
  budgetSteps: 5,
};
const asked = { ofClass: 2, guidance: 1.5 };

let events: EngineEvent[];
let session: Session;
let tensorsBefore: number;

beforeEach(async () => {
  await openCpu();
  tensorsBefore = tf.memory().numTensors;
  events = [];
  const breath = { next: () => new Promise<void>((resolve) => setImmediate(resolve)), close() {} };
  session = createSession({ emit: (event) => events.push(event), open: openCpu, breath });
});

// What guidance evaluates twice is freed twice.
afterEach(async () => {
  await session.dispose();
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

/** The finished recordings of a row of stages. */
async function recorded(stages: ExperimentConfig['stages']): Promise<Recording[]> {
  const { requests } = watchList({ stages, nChain: taught.nChain });
  const newest = (key: string) =>
    events
      .flatMap((event) => (event.type === 'recording' ? [event.recording] : []))
      .findLast((recording) => recording.key === key);
  const isWhole = (recording: Recording | undefined) =>
    recording?.kind === 'trajectory'
      ? Math.abs(recording.times.at(-1)! - recording.times[0]!) === 1
      : recording !== undefined;
  await session.watch(requests);
  await expect
    .poll(() => requests.every((request) => isWhole(newest(recordingKey(request)))), { timeout: 60_000 })
    .toBe(true);
  return requests.map((request) => newest(recordingKey(request))!);
}

const reverse = (patch: Partial<ReverseStage>): ReverseStage => ({
  ...newStage.reverse,
  nSteps: 5,
  ...patch,
});
const lastPoints = ({ x, nParticles }: Trajectory) => x.slice(-2 * nParticles);

it('guided stages of every kind are recorded, with both evaluations counted', async () => {
  await session.start(taught);
  await session.train({ steps: 5 });
  const kinds: ReverseStage[] = [
    reverse({}),
    reverse({ sampler: 'ddpm', variance: 'learned' }),
    reverse({ sampler: 'heun' }),
    reverse({ sampler: 'dpm-solver-pp-2m' }),
    reverse({ sampler: 'rk45' }),
    reverse({ direction: 'encode' }),
    reverse({ denoiser: 'exact' }),
  ];
  const plain = (await recorded(kinds)) as Trajectory[];
  const guided = (await recorded(kinds.map((stage) => ({ ...stage, ...asked })))) as Trajectory[];
  for (const [i, one] of guided.entries()) {
    expect(one.x.every(Number.isFinite)).toBe(true);
    expect(lastPoints(one)).not.toEqual(lastPoints(plain[i]!));
    if (kinds[i]!.sampler !== 'rk45') expect([...one.nfe]).toEqual(Array.from(plain[i]!.nfe, (n) => 2 * n));
  }
});

it('scores are those of the class, learned and exact', async () => {
  await session.start(taught);
  const stages = (['learned', 'exact'] as const).flatMap((source) =>
    [{}, { ofClass: 2 }, asked].map((class_) => ({ ...newStage.score, source, ...class_ })),
  );
  const fields = await recorded(stages);
  expect(fields).toHaveLength(6);
  const scores = fields.map((field) => (field.kind === 'field' ? field.score : new Float32Array()));
  for (const score of scores) expect(score.every(Number.isFinite)).toBe(true);
  expect(scores[3]).not.toEqual(scores[4]);
  expect(scores[4]).not.toEqual(scores[5]);
});

it('the exact answer draws the ring that is asked for, and programs may ask for it too', async () => {
  await session.start({ ...taught, nChain: 200 });
  const request = {
    sampler: 'ddim',
    nSteps: 50,
    n: 200,
    seed: 1,
    denoiser: 'exact',
    timeGrid: 'quadratic',
  } as const;
  for (const [y, radius] of [3, 2.25, 1.5, 0.75].entries()) {
    const { points, nfe } = await session.sample({ ...request, ofClass: y + 1 });
    expect(nfe).toBe(50);
    const radii = Array.from({ length: 200 }, (_, i) => Math.hypot(points[2 * i]!, points[2 * i + 1]!));
    expect(radii.filter((r) => Math.abs(r - radius) < 0.375).length).toBeGreaterThan(190);
  }
});

it('a class that is not taught cannot be asked for', async () => {
  const request = { sampler: 'ddim', nSteps: 5, n: 10, seed: 1 };
  await session.start(taught);
  await expect(session.sample({ ...request, ofClass: 5 })).rejects.toThrow(/ofClass is 5/);
  await expect(session.sample({ ...request, ofClass: 1, guidance: 7 })).rejects.toThrow(/guidance is 7/);
  await session.configure({ ...taught, conditional: false });
  await expect(session.sample({ ...request, ofClass: 1 })).rejects.toThrow(/ofClass is 1/);
  const points = Float32Array.of(0.5, 1);
  await expect(session.score({ t: 0.5, points, source: 'exact', ofClass: 1 })).rejects.toThrow(
    /ofClass is 1/,
  );
  const any = await session.score({ t: 0.5, points, source: 'exact', guidance: 3 });
  expect(any).toEqual(await session.score({ t: 0.5, points, source: 'exact' }));
});

import type { Model } from '../../src/backends/model.ts';
import { allAtOnce } from '../../src/core/inPieces.ts';
import { type StrayTest, strays, strayTest } from '../../src/core/metrics/index.ts';
import { nearestSquares } from '../../src/core/metrics/neighbours.ts';
import { createRng } from '../../src/core/rng.ts';
import { toScaled } from '../../src/core/standardize.ts';
import type { Vector } from '../../src/core/types.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { newFrames } from '../../src/families/gaussian/recordings/frames.ts';
import { runSampler } from '../../src/families/gaussian/recordings/runSampler.ts';
import {
  denoiserOf,
  runSettings,
  settingsOf,
  timesOf,
} from '../../src/families/gaussian/recordings/samplerRun.ts';
import type { Trajectory } from '../../src/protocol/protocol.ts';
import { recorder as forwardRecorder } from '../../src/views/forward/record.ts';
import { requestsOf } from '../../src/views/index.ts';
import { recorder as reverseRecorder } from '../../src/views/reverse/record.ts';

/** There is none: every answer is exact. */
const NO_MODEL = { step: 0, source: 'own' } as Model;

const recorded = new WeakMap<ExperimentConfig, Map<number, Promise<Trajectory>>>();

/** What a stage of the row shows, forward, or reverse with the exact denoiser; recorded once. */
export function trajectoryOf(config: ExperimentConfig, index: number): Promise<Trajectory> {
  const known = recorded.get(config) ?? new Map<number, Promise<Trajectory>>();
  recorded.set(config, known);
  const trajectory = known.get(index) ?? record(config, index);
  known.set(index, trajectory);
  return trajectory;
}

async function record(config: ExperimentConfig, index: number): Promise<Trajectory> {
  const stage = config.stages[index]!;
  const row = { stages: config.stages, nChain: config.nChain };
  const [request] = requestsOf(stage, row);
  const context = { model: NO_MODEL, experiment: createExperiment(config), config };
  const steps =
    request?.kind === 'reverse'
      ? reverseRecorder.record({ ...request, denoiser: 'exact' }, context)
      : request?.kind === 'forward'
        ? forwardRecorder.record(request, context)
        : null;
  if (steps === null) throw new Error(`Stage ${index + 1} moves no points.`);
  let last: Trajectory | null = null;
  for await (const soFar of steps) {
    const recording = soFar?.();
    if (recording?.kind === 'trajectory') last = recording;
  }
  if (last === null) throw new Error(`Stage ${index + 1} recorded nothing.`);
  return last;
}

/** [n][2] the particles of a frame, 0 the first and −1 the last, data units. */
export function framePoints({ x, nParticles, nMesh, times }: Trajectory, index: number, of = x): Vector {
  const size = 2 * (nParticles + nMesh ** 2);
  const frame = index < 0 ? times.length + index : index;
  return Float64Array.from(of.subarray(frame * size, frame * size + 2 * nParticles));
}

/** The frame whose time is nearest to t. */
export function frameAt({ times }: Trajectory, t: number): number {
  return times.reduce((best, time, i) => (Math.abs(time - t) < Math.abs(times[best]! - t) ? i : best), 0);
}

/** Where the samples of every stage end, [n][2], data units. */
export async function endsOf(config: ExperimentConfig): Promise<Vector[]> {
  const ends: Vector[] = [];
  for (const index of config.stages.keys()) ends.push(framePoints(await trajectoryOf(config, index), -1));
  return ends;
}

const strayTests = new WeakMap<ExperimentConfig, StrayTest>();

/** Tells strays from the data of an experiment; made once. */
function strayTestOf(config: ExperimentConfig): StrayTest {
  const { dataset, noise } = createExperiment(config);
  const test = strayTests.get(config) ?? allAtOnce(strayTest(dataset, noise, createRng(1)));
  strayTests.set(config, test);
  return test;
}

/** Share of the samples that lie where the data are not. */
export const strayShare = (config: ExperimentConfig, samples: Vector): number =>
  strays(samples, strayTestOf(config)).value;

export const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** Root mean square distance between two sets of points, one by one. */
export function apart(a: Vector, b: Vector): number {
  return Math.sqrt(mean(a.map((value, i) => (value - b[i]!) ** 2)) * 2);
}

/** Root mean square distance from the mean. */
export function spread(points: Vector): number {
  const centre = [0, 1].map((k) => mean(points.filter((_, i) => i % 2 === k)));
  return Math.sqrt(mean(points.map((value, i) => (value - centre[i % 2]!) ** 2)) * 2);
}

/** Mean over the particles of the length of the path over the distance from its start to its end. */
export function detour(trajectory: Trajectory): number {
  const n = trajectory.nParticles;
  const frames = Array.from(trajectory.times, (_, k) => framePoints(trajectory, k));
  const distance = (a: Vector, b: Vector, i: number) =>
    Math.hypot(a[2 * i]! - b[2 * i]!, a[2 * i + 1]! - b[2 * i + 1]!);
  const detours = Array.from({ length: n }, (_, i) => {
    const length = frames.slice(1).reduce((sum, frame, k) => sum + distance(frames[k]!, frame, i), 0);
    return length / distance(frames[0]!, frames.at(-1)!, i);
  });
  return detours.sort((a, b) => a - b)[n >> 1]!;
}

/** Where a reverse stage takes given points, [n][2], data units. */
export async function endsFrom(config: ExperimentConfig, index: number, start: Vector): Promise<Vector> {
  const stage = config.stages[index]!;
  if (stage.kind !== 'reverse') throw new Error(`Stage ${index + 1} samples nothing.`);
  const experiment = createExperiment(config);
  const settings = settingsOf({ ...stage, denoiser: 'exact', direction: 'sample' });
  const frames = newFrames();
  const denoiser = denoiserOf(settings, NO_MODEL, experiment, createRng(1));
  const run = {
    ...runSettings(settings, experiment),
    times: timesOf(settings, experiment),
    start: toScaled(experiment.standardization, start),
    nFrames: 2,
  };
  for await (const _ of runSampler(frames, denoiser, experiment, run));
  return Float64Array.from(frames.x.at(-1)!);
}

/** Distance of each point to the nearest of others. */
export function nearest(points: Vector, others: ArrayLike<number>): Float64Array {
  return nearestSquares(points, Float64Array.from(others), 1, false).map(Math.sqrt);
}

/** Of the triangles of the mesh at a frame, the share that turn the way they did at the start. */
export function unfoldedShare({ x, nParticles, nMesh, times }: Trajectory, index: number): number {
  const size = 2 * (nParticles + nMesh ** 2);
  const frame = index < 0 ? times.length + index : index;
  const node = (row: number, column: number, k: number) =>
    x[frame * size + 2 * (nParticles + row * nMesh + column) + k]!;
  let kept = 0;
  for (let row = 0; row + 1 < nMesh; row++) {
    for (let column = 0; column + 1 < nMesh; column++) {
      const [ax, ay, bx, by] = [0, 1].flatMap((up) =>
        [0, 1].map((k) => node(row + up, column + 1 - up, k) - node(row, column, k)),
      );
      if (ax! * by! - ay! * bx! > 0) kept += 1;
    }
  }
  return kept / (nMesh - 1) ** 2;
}

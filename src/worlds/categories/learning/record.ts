import { CELLS, entropyBits, keptInformation, noisedTable, tableBound } from '../../../core/discrete/grid.ts';
import { identity } from '../../../core/discrete/matrices.ts';
import type { RecordingMaker } from '../../learner.ts';
import type { CellFrames, ContinuousFrames, ExactTable, MatrixFrames } from '../recordings.ts';
import { type CategoriesSettings, hasGaussianLimit } from '../world.ts';
import { continuousFrames } from './continuous.ts';
import { tableGap } from './gap.ts';
import type { CategoriesModel } from './model.ts';
import { forwardWalk, reverseWalk } from './walk.ts';

const MOST_FRAMES = 240;
/** Of the noising without cells, each of which takes long. */
const MOST_CONTINUOUS = 120;

type Makers = Readonly<Record<string, RecordingMaker<CategoriesSettings>>>;

/** All that the stages and charts of this world show. */
export function categoriesRecordings(model: CategoriesModel): Makers {
  return {
    forward: { learned: false, make: ({ nParticles }) => forward(model, nParticles) },
    reverse: { learned: true, make: ({ nParticles }) => reverse(model, nParticles, 'learned') },
    perfect: { learned: false, make: ({ nParticles }) => reverse(model, nParticles, 'factorised') },
    continuous: {
      learned: false,
      make: (settings) => continuous(model, settings),
    },
    matrix: { learned: false, make: () => matrices(model) },
    exactBound: { learned: false, make: () => exactTable(model) },
    learnedGap: { learned: true, make: () => tableGap(model) },
  };
}

/** Evenly from 0 to T, both among them. */
function keptTimes(T: number, most = MOST_FRAMES): Int32Array {
  const every = Math.ceil(T / most);
  return Int32Array.from({ length: T + 1 }, (_, t) => t).filter((t) => t % every === 0 || t === T);
}

/** The frames of a walk in whichever direction. */
function keeper({ chain }: CategoriesModel, particles: number) {
  const { T, n } = chain;
  const times = keptTimes(T);
  const cells = new Uint8Array(times.length * particles * 2);
  return {
    at(t: number, now: Uint8Array) {
      const k = times.indexOf(t);
      if (k >= 0) cells.set(now, k * particles * 2);
    },
    frames: { T, n, times, particles, cells },
  };
}

function* forward(model: CategoriesModel, particles: number): Generator<void, CellFrames> {
  const { at, frames } = keeper(model, particles);
  yield* forwardWalk(model, particles, model.rng.fork('forward'), at);
  const { n, Qbar } = model.chain;
  const tables = new Float32Array(frames.times.length * n * n);
  const kept = new Float32Array(frames.times.length);
  for (const [k, t] of frames.times.entries()) {
    tables.set(noisedTable(model.q0, Qbar[t]!, n), k * n * n);
    kept[k] = keptInformation(model.q0, Qbar[t]!, n);
    yield;
  }
  return { ...frames, tables, kept, distance: null };
}

function* reverse(
  model: CategoriesModel,
  particles: number,
  denoiser: 'learned' | 'factorised',
): Generator<void, CellFrames> {
  const { at, frames } = keeper(model, particles);
  const rng = model.rng.fork('reverse');
  const ends = yield* reverseWalk(model, { denoiser, rows: particles, steps: model.chain.T, rng, at });
  const draws = new Uint8Array(2 * particles);
  for (let row = 0; row < particles; row++) draws.set(model.drawCell(rng), 2 * row);
  return {
    ...frames,
    tables: null,
    kept: null,
    distance: { own: variation(model, ends), draws: variation(model, draws) },
  };
}

/** ½ Σ |share − q_0| */
function variation({ q0 }: CategoriesModel, cells: Uint8Array): number {
  const left = q0.slice();
  const rows = cells.length / 2;
  for (let row = 0; row < rows; row++) left[cells[2 * row]! * CELLS + cells[2 * row + 1]!]! -= 1 / rows;
  return left.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}

/** Nothing where the matrix has no Gaussian limit, and there is no such stage. */
function* continuous(
  model: CategoriesModel,
  settings: CategoriesSettings,
): Generator<void, ContinuousFrames | null> {
  if (!hasGaussianLimit(settings)) return null;
  return yield* continuousFrames(model, settings.nParticles, keptTimes(settings.nChain, MOST_CONTINUOUS));
}

function* matrices({ chain }: CategoriesModel): Generator<void, MatrixFrames> {
  const { T, n } = chain;
  const times = keptTimes(T);
  const Q = new Float32Array(times.length * n * n);
  const Qbar = new Float32Array(times.length * n * n);
  for (const [k, t] of times.entries()) {
    Q.set(t === 0 ? identity(n) : chain.Q[t - 1]!, k * n * n);
    Qbar.set(chain.Qbar[t]!, k * n * n);
    yield;
  }
  return { T, n, times, Q, Qbar };
}

function* exactTable({ q0, chain, isJoint }: CategoriesModel): Generator<void, ExactTable> {
  const factorised = yield* tableBound(q0, chain, true);
  const joint = yield* tableBound(q0, chain, false);
  const coordinates = [0, 1].reduce((sum, axis) => {
    const marginal = new Float64Array(CELLS);
    for (const [k, p] of q0.entries()) marginal[axis === 0 ? Math.floor(k / CELLS) : k % CELLS]! += p;
    return sum + entropyBits(marginal);
  }, 0);
  return {
    T: chain.T,
    entropy: entropyBits(q0),
    coordinates,
    factorised: factorised.bits,
    joint: joint.bits,
    byStep: (isJoint ? joint : factorised).byStep,
  };
}

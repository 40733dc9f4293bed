import { exactDenoiser } from '../core/exact.ts';
import { leastLoss } from '../core/leastLoss.ts';
import { slicedWasserstein2 } from '../core/metrics/index.ts';
import { createRng } from '../core/rng.ts';
import { samplers } from '../core/samplers/index.ts';
import type { Density, Rng, Vector } from '../core/types.ts';
import { learnedArena } from './arena.ts';
import { errorWeight } from './errorWeight.ts';
import { type Experiment, freshData } from './experiment.ts';
import type { Model } from './model.ts';
import { newFrames } from './recordings/frames.ts';
import { timesOf } from './recordings/reverse.ts';
import { sharedStreams, startingPoints } from './recordings/start.ts';
import { walk } from './recordings/walk.ts';
import { DROPPED } from './trainers/classes.ts';

const N_POINTS = 2000;
const N_PAIRS = 15;
/** Noise levels over which the least loss is averaged. */
const MIN_LEVELS = 200;
/** Levels that are not of a chain are drawn as unevenly as their losses are; so many that rare ones count. */
const UNEVEN_LEVELS = 2000;
/** A second-order solver: with so few steps its own error vanishes beside the distance of true draws; DDIM needs 100. */
const SAMPLER = { sampler: 'dpm-solver-pp-2m', nSteps: 20 };
/** Seeds of the draws, far from those that a person picks. */
const FRESH_SEED = 7_340_033;
const START_SEED = 6_291_469;

/**
 * Sliced Wasserstein-2 of the model's samples to fresh true points, data units; pauses after every step.
 * @param draw 0, 1, 2, …: each has points and noise of its own. One pair for all would be lucky or unlucky throughout,
 * by as much as 40 %; so the numbers of a perfect model scatter about `measurePerfect` instead of being biased
 */
export async function* measureQuality(
  model: Model,
  experiment: Experiment,
  draw: number,
  report: (distance: number) => void,
): AsyncGenerator<void, void, void> {
  const samples = yield* drawSamples(model, experiment, draw);
  if (!samples.every(Number.isFinite)) return;
  report(slicedWasserstein2(samples, truePoints(experiment, draw)));
}

/** The samples that are measured, data units; pauses after every step. A class that is taught is asked for by chance. */
export async function* drawSamples(
  model: Model,
  experiment: Experiment,
  draw: number,
): AsyncGenerator<void, Vector, void> {
  const streams = sharedStreams(START_SEED + draw);
  const start = startingPoints(N_POINTS, false, streams.start, experiment.process);
  const samples = new Float64Array(2 * N_POINTS);
  let at = 0;
  for (const [ofClass, count] of classCounts(experiment, START_SEED + draw)) {
    const end = at + 2 * count;
    const asked = { ofClass, guidance: 0 };
    const frames = newFrames();
    const arena = learnedArena(model.backend, model.network, experiment, streams.noise, asked);
    yield* walk(frames, arena, experiment, {
      sampler: samplers.get(SAMPLER.sampler),
      options: { eta: 0, variance: 'beta' },
      times: timesOf({ ...SAMPLER, timeGrid: gridFor(experiment) }, experiment),
      start: start.subarray(at, end),
      nFrames: 2,
    });
    samples.set(frames.x.at(-1)!, at);
    at = end;
  }
  return samples;
}

/** How many of the samples are asked for of which class: where classes are taught, as often as the data have them. */
function classCounts(
  { classes, dataset, noise }: Experiment,
  seed: number,
): readonly (readonly [number, number])[] {
  if (classes.length === 0) return [[0, N_POINTS]];
  const { labels } = dataset.sampleLabelled(N_POINTS, createRng(seed).fork('classes'), noise);
  return classes
    .map((_, y) => [y + 1, labels.filter((label) => label === y).length] as const)
    .filter(([, count]) => count > 0);
}

/** The true points that a draw is measured against, data units; other ones than `measurePerfect` takes. */
export function truePoints(experiment: Experiment, draw: number): Vector {
  return freshPoints(experiment, 2 * N_PAIRS + draw);
}

/** Steps that are small near the data, by the clock of the chain or, where there is none, by the noise. */
const gridFor = ({ lesson }: Experiment): string => (lesson.hasChain ? 'quadratic' : 'log-snr');

/** The training loss that no network can beat. */
export function leastLossOf(experiment: Experiment): number {
  const { points, density, classes, labels, process, lesson, nChain } = experiment;
  const rng = createRng(FRESH_SEED);
  const count = lesson.hasChain ? Math.max(MIN_LEVELS, nChain) : UNEVEN_LEVELS;
  const levels = lesson.drawLevels(count, rng.fork('levels'));
  const times = Float64Array.from(levels, (level) => lesson.times[level]!);
  const weight = (k: number) => errorWeight(experiment, levels[k]!);
  const leastOf = (some: Vector, p: Density, own: Rng) =>
    leastLoss(some, exactDenoiser(p, process), process, times, weight, own);
  if (classes.length === 0) return leastOf(points, density, rng);
  // What is learned is the class's answer, but for the share of examples whose class is dropped.
  const ofClasses = classes.map((p, y) => {
    const own = points.filter((_, i) => labels[i >> 1] === y + 1);
    return own.length === 0 ? 0 : (own.length / points.length) * leastOf(own, p, rng.fork(y));
  });
  const taught = ofClasses.reduce((sum, part) => sum + part, 0);
  return DROPPED * leastOf(points, density, rng) + (1 - DROPPED) * taught;
}

/**
 * What "perfect" looks like: the median of the same distance over pairs of true draws. Yields it as far as it is known
 * after every pair.
 */
export async function* measurePerfect(experiment: Experiment): AsyncGenerator<number, number, void> {
  const distances: number[] = [];
  const median = () => distances.toSorted((a, b) => a - b)[(distances.length - 1) >> 1]!;
  for (let k = 0; k < N_PAIRS; k++) {
    distances.push(slicedWasserstein2(freshPoints(experiment, 2 * k), freshPoints(experiment, 2 * k + 1)));
    yield median();
  }
  return median();
}

function freshPoints(experiment: Experiment, i: number): Vector {
  return freshData(experiment, N_POINTS, FRESH_SEED + i);
}

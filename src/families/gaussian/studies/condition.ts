import { drawDensity } from '../../../core/exact/drawDensity.ts';
import { classDensity } from '../../../core/exact/labelled.ts';
import { depthWithin, type Region } from '../../../core/guidance/index.ts';
import { missed, slicedWasserstein2 } from '../../../core/metrics/index.ts';
import { transportOnLine } from '../../../core/metrics/line.ts';
import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { createRng } from '../../../core/rng.ts';
import { toData, toScaled } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import { type Condition, directionOf } from '../../../experiment/conditions/types.ts';
import type {
  ConditionRow,
  ConditionStudyRequest,
  ConditionStudyResult,
  DrawnMean,
} from '../../../protocol/conditionStudy.ts';
import { requireInteger } from '../../../protocol/errors.ts';
import type { Asked, Study } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { newFrames } from '../recordings/frames.ts';
import { runSampler } from '../recordings/runSampler.ts';
import { prepareRun, settingsOf, timesOf } from '../recordings/samplerRun.ts';
import { sharedStreams, startingPoints } from '../recordings/start.ts';
import { classAccuracy } from './classAccuracy.ts';

type Target = ReturnType<typeof import('../conditions/target.ts')['targetOf']>;

/** Seeds of exact draws, far from those that a person picks. */
const EXACT_SEED = 8_388_617;
const INTERVALS = 20;

/** How far samples under a condition are from the exact target, beside two exact draws; of a class as its scale grows. */
export const condition: Study<'condition', GaussianExperiment> = async function* (request, of, report) {
  const { run, scales, n, draws } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('draws', draws, 2, 20);
  const { targetOf, requireCondition } = await import('../conditions/target.ts');
  const { experiment } = of;
  requireCondition(run.condition, experiment);
  const conditions = conditionsOf(run.condition, scales);
  const { logZ } = targetOf(run.condition, experiment, run.ofClass);
  let rows: readonly ConditionRow[] = [];
  report({ rows, logZ }, 0);
  for (const [k, each] of conditions.entries()) {
    const samples: Vector[] = [];
    for (let draw = 0; draw < draws; draw++) {
      samples.push(yield* drawUnder({ ...request, run: { ...run, condition: each } }, of, draw));
      report({ rows, logZ }, (k + (draw + 1) / draws) / conditions.length);
    }
    rows = [...rows, rowOf(each, samples, targetOf(each, experiment, run.ofClass), of)];
    report({ rows, logZ }, (k + 1) / conditions.length);
    yield;
  }
  return { rows, logZ } satisfies ConditionStudyResult;
};

function conditionsOf(condition: Condition, scales: readonly number[] | undefined): readonly Condition[] {
  if (condition.kind !== 'class' || !scales) return [condition];
  return scales.map((scale) => ({ ...condition, scale }));
}

/** One draw of the stage's samples, data units. */
async function* drawUnder(
  { run, n, seed }: ConditionStudyRequest,
  { model, experiment }: Asked<GaussianExperiment>,
  draw: number,
): AsyncGenerator<void, Vector, void> {
  const settings = settingsOf(run);
  const streams = sharedStreams(seed + 1000 * draw);
  const { deviceDenoiser, run: prepared } = yield* prepareRun(settings, model, experiment, streams.noise);
  const frames = newFrames();
  yield* runSampler(frames, deviceDenoiser, experiment, {
    ...prepared,
    times: timesOf(settings, experiment),
    start: startingPoints(n, false, streams.start, experiment.process),
    nFrames: 2,
  });
  return Float64Array.from(frames.x.at(-1)!);
}

function rowOf(
  condition: Condition,
  samples: readonly Vector[],
  target: Target,
  { experiment }: Asked<GaussianExperiment>,
): ConditionRow {
  const n = samples[0]!.length / 2;
  const exact = (k: number) =>
    toData(experiment.standardization, target.draw(n, createRng(EXACT_SEED + k).fork('exact condition')));
  const truth = samples.map((_, k) => exact(2 * k));
  const other = samples.map((_, k) => exact(2 * k + 1));
  const far = distanceOf(condition);
  return {
    scale: condition.kind === 'class' ? condition.scale : null,
    distance: meanOf(samples, (points, k) => far(points, truth[k]!)),
    perfect: meanOf(other, (points, k) => far(points, truth[k]!)),
    variation: variationOf(condition, samples, truth, other),
    within:
      condition.kind === 'region'
        ? mean(samples.map((points) => shareWithin(condition.outline, points)))
        : null,
    guided: condition.kind === 'class' ? guidedOf(condition.index, samples, truth, experiment) : null,
  };
}

/** @param of finite where the points are; else the distance is infinite */
function meanOf(several: readonly Vector[], of: (points: Vector, k: number) => number): DrawnMean {
  const values = several.map((points, k) => (points.every(Number.isFinite) ? of(points, k) : Infinity));
  return { mean: mean(values), error: standardDeviation(values) / Math.sqrt(values.length) };
}

function distanceOf(condition: Condition): (a: Vector, b: Vector) => number {
  if (condition.kind !== 'known') return slicedWasserstein2;
  const along = soughtOf(condition);
  return (a, b) => Math.sqrt(transportOnLine(along(a), along(b), 2));
}

function shareWithin(region: Region, points: Vector): number {
  let within = 0;
  for (let i = 0; i < points.length; i += 2) {
    if (depthWithin(region, points[i]!, points[i + 1]!) > 0) within += 1;
  }
  return within / (points.length / 2);
}

/** u⊥·x of points, sorted. */
function soughtOf(condition: Extract<Condition, { kind: 'known' }>): (x: Vector) => Float64Array {
  const [ux, uy] = directionOf(condition);
  return (x) =>
    Float64Array.from({ length: x.length / 2 }, (_, i) => ux * x[2 * i + 1]! - uy * x[2 * i]!).sort();
}

function variationOf(
  condition: Condition,
  samples: readonly Vector[],
  truth: readonly Vector[],
  other: readonly Vector[],
): ConditionRow['variation'] {
  if (condition.kind !== 'known') return null;
  const along = soughtOf(condition);
  const all = Float64Array.from(truth.flatMap((points) => [...along(points)])).sort();
  const edges = Array.from(
    { length: INTERVALS - 1 },
    (_, k) => all[Math.floor(((k + 1) * all.length) / INTERVALS)]!,
  );
  const variation = (points: Vector) => {
    const counts = new Float64Array(INTERVALS);
    const values = along(points);
    for (const value of values) counts[edges.filter((edge) => edge <= value).length]! += 1 / values.length;
    return counts.reduce((sum, share) => sum + Math.abs(share - 1 / INTERVALS), 0) / 2;
  };
  return { own: meanOf(samples, variation), perfect: meanOf(other, variation) };
}

function guidedOf(
  index: number,
  samples: readonly Vector[],
  exact: readonly Vector[],
  experiment: GaussianExperiment,
): ConditionRow['guided'] {
  const units = experiment.standardization;
  const accuracy = (points: Vector) => mean([...classAccuracy(experiment, index, points)]);
  const ofClass = classDraws(experiment, index, samples[0]!.length / 2, samples.length);
  const recall = (points: Vector, k: number) =>
    1 - missed(toScaled(units, ofClass[k]!), toScaled(units, points)).value;
  return {
    accuracy: mean(samples.map(accuracy)),
    recall: mean(samples.map(recall)),
    toClass: meanOf(samples, (points, k) => slicedWasserstein2(points, ofClass[k]!)),
    exactAccuracy: mean(exact.map(accuracy)),
    exactRecall: mean(exact.map(recall)),
  };
}

/** Draws of p(x|y), data units. */
function classDraws(
  experiment: GaussianExperiment,
  index: number,
  n: number,
  draws: number,
): readonly Vector[] {
  const density = classDensity(experiment.dataset.labelledDensity(experiment.noise), index - 1);
  return Array.from({ length: draws }, (_, k) => drawDensity(density, n, createRng(EXACT_SEED - 1 - k)));
}

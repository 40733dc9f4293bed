import { klToGaussian, whitenedGrid } from '../../core/exact/gaussianFit.ts';
import { type Jump, jumpOf } from '../../core/exact/jump.ts';
import { type DrawSeeds, drawSeeds, posteriorDraws } from '../../core/exact/posteriorDraws.ts';
import { partsAt, reverseConditional } from '../../core/exact/reverseConditional.ts';
import { createRng } from '../../core/rng.ts';
import type { GaussianExperiment } from '../../families/gaussian/experiment.ts';
import { networkPredictor } from '../../families/gaussian/likelihood/predictor.ts';
import { dataUnits, joined } from '../../families/gaussian/recordings/frames.ts';
import { fieldTimes } from '../../families/gaussian/recordings/grid.ts';
import { fromDrawn, shrinkAt } from '../../families/gaussian/recordings/view.ts';
import type { OneStep } from '../../protocol/oneStep.ts';
import { EXACT_COST, type Recorder, type RecordingContext, type Steps } from '../recorder.ts';
import { recordingKey } from '../types.ts';
import type { OneStepRequest } from './request.ts';
import { N_DRAWS } from './view.ts';

/** How many times as many steps are set beside those of a stage. */
const TIMES = [4, 16, 64];

/** Numbers of steps to compare with: more and more, up to the whole chain. */
const otherSteps = (nSteps: number, nChain: number): readonly number[] => [
  ...new Set(TIMES.map((times) => Math.min(nChain, times * nSteps)).filter((more) => more > nSteps)),
];

type ExactRequest = Extract<OneStepRequest, { source: 'exact' }>;

const N_TIMES = 32;
/** The network's answers are asked for at so many times: they are cheap. */
const N_ANSWERS = 81;
const RESOLUTION = 44;
/** Deviations of the mean that the picture of the density reaches to. */
const REACH = 3.4;

export const recorder: Recorder<OneStepRequest> = {
  record: (request, context) =>
    request.source === 'exact' ? recordExact(request, context) : recordAnswers(request, context),
  cost: ({ source }) => (source === 'exact' ? EXACT_COST : 1),
  dependsOnModel: ({ source }) => source === 'learned',
};

/** Records what the network answers at the place, pausing now and then. */
async function* recordAnswers(request: OneStepRequest, { model, experiment }: RecordingContext): Steps {
  const times = fieldTimes(N_ANSWERS, 1 / experiment.nChain);
  const predict = networkPredictor(model, experiment);
  const answers: Float32Array[] = [];
  for (const t of times) {
    const { x0Hat } = await predict(placeAt(experiment, request, t), t);
    answers.push(dataUnits(experiment.standardization, x0Hat, 1));
    yield null;
  }
  yield () => ({
    kind: 'answers',
    key: recordingKey(request),
    source: model.source,
    modelStep: model.step,
    times: Float32Array.from(times),
    x0Hat: joined(answers),
  });
}

/** x_t of a place in the picture, scaled units. */
function placeAt({ standardization, process }: GaussianExperiment, { x, y }: OneStepRequest, t: number) {
  return fromDrawn(standardization, [x, y], shrinkAt(process, t));
}

interface Level {
  readonly t: number;
  readonly s: number;
  readonly coefficients: readonly number[];
  readonly mean: Float32Array;
  readonly covariance: readonly number[];
  readonly kl: number;
  readonly density: Float32Array;
  readonly x0: Float32Array;
  readonly draws: Float32Array;
}

/** Records what is known of the step at increasing times, first few of them, then those between, then the divergence of other steps. */
async function* recordExact(request: ExactRequest, { model, experiment }: RecordingContext): Steps {
  const times = fieldTimes(N_TIMES, 1 / experiment.nChain);
  const seeds = drawSeeds(N_DRAWS, createRng(1).fork('p(x_0|x_t)'));
  const levels: (Level | undefined)[] = times.map(() => undefined);
  const recording = (others: readonly Float32Array[] = []) => {
    const known = levels.filter((level) => level !== undefined);
    return () => wholeOf(request, model.step, experiment, known, others);
  };
  for (const stride of [16, 4, 1]) {
    for (let k = times.length - 1; k >= 0; k -= stride) {
      levels[k] ??= levelOf(request, experiment, times[k]!, seeds);
      yield null;
    }
    levels[0] ??= levelOf(request, experiment, times[0]!, seeds);
    yield recording();
  }
  const others: Float32Array[] = [];
  for (const nSteps of otherSteps(request.nSteps, experiment.nChain)) {
    const kl = new Float32Array(times.length);
    for (const [k, t] of times.entries()) {
      const jump = jumpAt({ ...request, nSteps }, experiment, t);
      const x = placeAt(experiment, request, t);
      kl[k] = divergenceOf(experiment, jump, [x[0]!, x[1]!]);
      yield null;
    }
    others.push(kl);
  }
  yield recording(others);
}

const earlierOf = (t: number, nSteps: number): number => Math.max(0, t - 1 / nSteps);

function jumpAt({ nSteps, eta }: ExactRequest, { process }: GaussianExperiment, t: number): Jump {
  return jumpOf(process.kernel(t), process.kernel(earlierOf(t, nSteps)), eta);
}

type Place = readonly [number, number];

/** Where the step adds no noise, the narrowest Gaussian is that of p(x_0|x_t): no narrower than what x_t tells at the most. */
const finestOf = ({ variance, ofX0, from }: Jump): number =>
  Math.sqrt(variance) || (ofX0 * from.sigma) / (8 * Math.hypot(from.alpha, from.sigma));

const divergenceOf = ({ density }: GaussianExperiment, jump: Jump, x: Place): number =>
  klToGaussian(reverseConditional(density, jump, x), finestOf(jump));

function levelOf(request: ExactRequest, experiment: GaussianExperiment, t: number, seeds: DrawSeeds): Level {
  const { process, standardization, density } = experiment;
  const jump = jumpAt(request, experiment, t);
  const at = placeAt(experiment, request, t);
  const x: Place = [at[0]!, at[1]!];
  const parts = partsAt(density, jump, x);
  const q = reverseConditional(parts, jump, x);
  const shrink = shrinkAt(process, t);
  const unit = shrink * standardization.scale;
  const { points } = whitenedGrid(q, RESOLUTION, REACH);
  const [xx, xy, yy] = q.covariance;
  const highest = -Math.log(2 * Math.PI) - Math.log(xx * yy - xy ** 2) / 2;
  return {
    t,
    s: earlierOf(t, request.nSteps),
    coefficients: [
      shrink * jump.to.alpha,
      unit * jump.to.sigma,
      shrink * jump.ofX0,
      jump.ofX,
      unit * Math.sqrt(jump.variance),
      unit * Math.sqrt(jump.beta),
    ],
    mean: dataUnits(standardization, Float64Array.from(q.mean), shrink),
    covariance: q.covariance.map((value) => value * unit ** 2),
    kl: klToGaussian(q, finestOf(jump)),
    density: Float32Array.from(q.logDensity(points), (log) => Math.exp(log - highest)),
    x0: dataUnits(standardization, Float64Array.from(q.x0), 1),
    draws: dataUnits(standardization, posteriorDraws(parts, jump.from, x, seeds), 1),
  };
}

function wholeOf(
  request: ExactRequest,
  modelStep: number,
  { standardization, nChain }: GaussianExperiment,
  levels: readonly Level[],
  others: readonly Float32Array[],
): OneStep {
  return {
    kind: 'one-step',
    key: recordingKey(request),
    source: 'exact',
    modelStep,
    times: Float32Array.from(levels, ({ t }) => t),
    earlier: Float32Array.from(levels, ({ s }) => s),
    centre: standardization.centre,
    coefficients: Float32Array.from(levels.flatMap(({ coefficients }) => coefficients)),
    mean: joined(levels.map(({ mean }) => mean)),
    covariance: Float32Array.from(levels.flatMap(({ covariance }) => covariance)),
    kl: Float32Array.from(levels, ({ kl }) => kl),
    otherSteps: otherSteps(request.nSteps, nChain).slice(0, others.length),
    otherKl: joined(others),
    resolution: RESOLUTION,
    reach: REACH,
    density: joined(levels.map(({ density }) => density)),
    x0: joined(levels.map(({ x0 }) => x0)),
    nDraws: N_DRAWS,
    draws: joined(levels.map(({ draws }) => draws)),
  };
}

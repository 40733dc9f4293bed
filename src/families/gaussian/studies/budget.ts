import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { createRng } from '../../../core/rng.ts';
import { toScaled } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import {
  BUDGET_PARTS,
  type BudgetPart,
  type BudgetRequest,
  type BudgetResult,
} from '../../../protocol/studies.ts';
import { samplerOf } from '../../../views/reverse/parameters.ts';
import { isEncoding } from '../../../views/reverse/rules.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { Study } from '../../family.ts';
import { freshData, type GaussianExperiment } from '../experiment.ts';
import { noisier } from '../recordings/noising.ts';
import { settingsOf } from '../recordings/samplerRun.ts';
import { requireSampler } from '../requests.ts';
import { distanceOfDraw, type Standard, truePoints } from '../yardstick.ts';
import { beginRuns, standardInSteps } from './judge.ts';
import { type Begun, type Ends, endsOf, flowEnds } from './runs.ts';
import { shapley, subsetsOf } from './shapley.ts';

/** Finer than a distance between samples can tell. */
const FINE = { digits: 4, nSteps: 120 };
/** Draws of one seed are numbered from a multiple of this. */
const DRAWS_PER_SEED = 128;

/**
 * Why the samples of a stage are further from the data than true draws are: every part (the start, the network, the solver) is
 * swapped for its exact counterpart, alone and together with the others, and charged with what that takes away.
 */
export const budget: Study<'budget', GaussianExperiment> = async function* (request, of, report) {
  const { n, draws, seed } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('draws', draws, 2, 64);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  const { experiment } = of;
  const settings = stageOf(request, experiment);
  const standard = yield* standardInSteps(experiment, n);
  const found: DrawnParts[] = [];
  const swaps = subsetsOf(BUDGET_PARTS);
  for (let k = 0; k < draws; k++) {
    const draw = DRAWS_PER_SEED * (1 + seed) + k;
    const truth = truePoints(experiment, draw, n);
    const begun = beginRuns(of, n, draw);
    const starts = { noise: begun.start, truth: trueStart(experiment, n, draw) };
    const distances = new Map<string, number>();
    for (const swapped of swaps) {
      const start = swapped.includes('prior') ? starts.truth : starts.noise;
      const { points } = yield* runWith(settings, swapped, { ...begun, start });
      distances.set(swapped.join(), distanceOfDraw(points, truth));
      const done = (k + distances.size / swaps.length) / draws;
      if (found.length > 1) report(resultOf(found, standard), done);
      yield;
    }
    const distance = (swapped: readonly BudgetPart[]) =>
      distances.get(BUDGET_PARTS.filter((part) => swapped.includes(part)).join())!;
    found.push({ ...shapley(BUDGET_PARTS, distance), distance: distance([]) });
    if (found.length > 1) report(resultOf(found, standard), found.length / draws);
  }
  return resultOf(found, standard);
};

/** @throws EngineError 'bad-request' for stages whose samples cannot be held against the data */
function stageOf({ stage }: BudgetRequest, experiment: GaussianExperiment): ReverseStage {
  const settings = settingsOf({ ...stage, kind: 'reverse' });
  const { nChain } = experiment;
  requireSampler(settings, nChain);
  if (samplerOf(settings, nChain).fixedTime !== undefined || isEncoding(settings, nChain)) {
    throw badRequest('This stage does not lead from noise to data.', 'Choose a stage that samples.');
  }
  if (settings.ofClass > 0) {
    throw badRequest('A class alone has no budget.', 'Choose a stage that samples any class.');
  }
  if (settings.denoiser === 'exact') {
    throw badRequest('This stage has no network to charge.', 'Choose a stage with the learned denoiser.');
  }
  return settings;
}

/** A run in which these parts are exact. */
function runWith(
  settings: ReverseStage,
  swapped: readonly BudgetPart[],
  begun: Begun,
): AsyncGenerator<void, Ends, void> {
  const denoiser = swapped.includes('network') ? 'exact' : 'learned';
  // A learned variance goes with the network.
  const variance = denoiser === 'exact' && settings.variance === 'learned' ? 'beta-tilde' : settings.variance;
  if (!swapped.includes('solver')) return endsOf({ ...settings, denoiser, variance }, begun);
  const { nChain } = begun.experiment;
  if (!samplerOf(settings, nChain).stochastic(settings)) {
    const { clip, parameters } = settings;
    return flowEnds(denoiser, denoiser === 'learned' ? { clip, parameters } : {}, begun, FINE);
  }
  return endsOf({ ...settings, denoiser, variance, nSteps: nChain, timeGrid: 'linear' }, begun);
}

/** x_T of fresh data instead of pure noise: [n][2], scaled units. */
function trueStart(experiment: GaussianExperiment, n: number, seed: number): Vector {
  const data = toScaled(experiment.standardization, freshData(experiment, n, seed));
  return noisier(experiment.process, data, null, 1, createRng(seed).fork('true x_T'));
}

type DrawnParts = Readonly<Record<BudgetPart | 'distance', number>>;

function resultOf(found: readonly DrawnParts[], { distances }: Standard): BudgetResult {
  const perfect = mean(distances);
  const errorOf = (values: readonly number[]) => standardDeviation(values) / Math.sqrt(values.length);
  const column = (name: BudgetPart | 'distance') => found.map((draw) => draw[name]);
  const distance = mean(column('distance'));
  return {
    prior: mean(column('prior')),
    network: mean(column('network')),
    solver: mean(column('solver')),
    total: distance - perfect,
    errors: {
      prior: errorOf(column('prior')),
      network: errorOf(column('network')),
      solver: errorOf(column('solver')),
      total: Math.hypot(errorOf(column('distance')), errorOf(distances)),
    },
    distance,
    perfect,
    draws: found.length,
  };
}

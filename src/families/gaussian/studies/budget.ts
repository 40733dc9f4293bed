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
import { freshData, type GaussianExperiment, type Target, targetOf } from '../experiment.ts';
import { isGuided } from '../guidance.ts';
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
 * Why the samples of a stage are further from the data, or from the class that it asks for, than true draws are: every part (the start,
 * the network, the solver, and guidance, for which the class's own answer is right) is swapped for its exact counterpart, alone and
 * together with the others, and charged with what that takes away.
 */
export const budget: Study<'budget', GaussianExperiment> = async function* (request, of, report) {
  const { n, draws, seed } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('draws', draws, 2, 64);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  const { experiment } = of;
  const settings = stageOf(request, experiment);
  const target = targetOf(experiment, settings.ofClass);
  const standard = yield* standardInSteps(target, n);
  const found: DrawnParts[] = [];
  const parts = BUDGET_PARTS.filter((part) => part !== 'guidance' || isGuided(settings));
  const swaps = subsetsOf(parts);
  for (let k = 0; k < draws; k++) {
    const draw = DRAWS_PER_SEED * (1 + seed) + k;
    const truth = truePoints(target, draw, n);
    const begun = beginRuns(of, n, draw);
    const starts = { noise: begun.start, truth: trueStart(experiment, target, n, draw) };
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
      distances.get(parts.filter((part) => swapped.includes(part)).join())!;
    const charged: Partial<Record<BudgetPart, number>> = shapley(parts, distance);
    found.push({ ...NOT_CHARGED, ...charged, distance: distance([]) });
    if (found.length > 1) report(resultOf(found, standard), found.length / draws);
  }
  return resultOf(found, standard);
};

const NOT_CHARGED: Readonly<Record<BudgetPart, number>> = { prior: 0, network: 0, solver: 0, guidance: 0 };

/** @throws EngineError 'bad-request' for stages whose samples cannot be held against the data */
function stageOf({ stage }: BudgetRequest, experiment: GaussianExperiment): ReverseStage {
  const settings = settingsOf({ ...stage, kind: 'reverse' });
  const { nChain } = experiment;
  requireSampler(settings, nChain);
  if (samplerOf(settings, nChain).fixedTime !== undefined || isEncoding(settings, nChain)) {
    throw badRequest('This stage does not lead from noise to data.', 'Choose a stage that samples.');
  }
  requireInteger('ofClass', settings.ofClass, 0, experiment.classes.length);
  if (settings.condition !== null) {
    throw badRequest('Samples under a condition have no budget.', 'Choose a stage without a condition.');
  }
  if (settings.denoiser === 'exact') {
    throw badRequest('This stage has no network to charge.', 'Choose a stage with the learned denoiser.');
  }
  return settings;
}

/** A run in which these parts are exact. */
function runWith(
  stage: ReverseStage,
  swapped: readonly BudgetPart[],
  begun: Begun,
): AsyncGenerator<void, Ends, void> {
  const settings = swapped.includes('guidance') ? { ...stage, guidance: 0 } : stage;
  const denoiser = swapped.includes('network') ? 'exact' : 'learned';
  // A learned variance goes with the network.
  const variance = denoiser === 'exact' && settings.variance === 'learned' ? 'beta-tilde' : settings.variance;
  if (!swapped.includes('solver')) return endsOf({ ...settings, denoiser, variance }, begun);
  const { nChain } = begun.experiment;
  if (!samplerOf(settings, nChain).stochastic(settings)) {
    const { clip, parameters, ofClass, guidance } = settings;
    const asked = { ofClass, guidance, ...(denoiser === 'learned' && { clip, parameters }) };
    return flowEnds(denoiser, asked, begun, FINE);
  }
  return endsOf({ ...settings, denoiser, variance, nSteps: nChain, timeGrid: 'linear' }, begun);
}

/** x_T of fresh data instead of pure noise: [n][2], scaled units. */
function trueStart(
  { standardization, process }: GaussianExperiment,
  target: Target,
  n: number,
  seed: number,
): Vector {
  const data = toScaled(standardization, freshData(target, n, seed));
  return noisier(process, data, null, 1, createRng(seed).fork('true x_T'));
}

type DrawnParts = Readonly<Record<BudgetPart | 'distance', number>>;

function resultOf(found: readonly DrawnParts[], { distances }: Standard): BudgetResult {
  const perfect = mean(distances);
  const column = (name: BudgetPart | 'distance') => found.map((draw) => draw[name]);
  const errorOf = (values: readonly number[]) => standardDeviation(values) / Math.sqrt(values.length);
  const ofParts = (of: (values: readonly number[]) => number) =>
    Object.fromEntries(BUDGET_PARTS.map((part) => [part, of(column(part))])) as Record<BudgetPart, number>;
  const distance = mean(column('distance'));
  return {
    ...ofParts(mean),
    total: distance - perfect,
    errors: {
      ...ofParts(errorOf),
      total: Math.hypot(errorOf(column('distance')), errorOf(distances)),
    },
    distance,
    perfect,
    draws: found.length,
  };
}

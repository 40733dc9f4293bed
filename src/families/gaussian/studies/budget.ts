import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { createRng } from '../../../core/rng.ts';
import { unlearned } from '../../../core/samplers/variances.ts';
import type { Vector } from '../../../core/types.ts';
import { isExactWay, replaces } from '../../../experiment/conditions/ways.ts';
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
import type { GaussianExperiment } from '../experiment.ts';
import { isGuided } from '../guidance.ts';
import { noisier } from '../recordings/noising.ts';
import { settingsOf } from '../recordings/samplerRun.ts';
import { requireSampler } from '../requests.ts';
import { distanceOfDraw } from '../yardstick.ts';
import { type BudgetTruth, budgetTruth } from './budgetTruth.ts';
import { beginRuns } from './judge.ts';
import { type Begun, type Ends, endsOf, type Fineness, flowEnds } from './runs.ts';
import { shapley, subsetsOf } from './shapley.ts';

/** Finer than a distance between samples can tell; half as fine under a condition, whose answers take longer. */
const FINE = { digits: 4, nSteps: 120 };
const FINE_UNDER_CONDITION = { ...FINE, nSteps: 60 };
/** Draws of one seed are numbered from a multiple of this. */
const DRAWS_PER_SEED = 128;

/** Parts that are swapped for their exact counterparts: what the way of a condition has is what is left when all are. */
type SwappedPart = Exclude<BudgetPart, 'condition'>;
const SWAPPED = BUDGET_PARTS.filter((part) => part !== 'condition');

/**
 * Why the samples of a stage are further from the data, from the class or from what the condition asks for than true draws are: every
 * part (the start, the network, the solver, and guidance, for which the class's own answer is right) is swapped for its exact
 * counterpart, alone and together with the others, and charged with what that takes away. Where a condition is kept in a way that is
 * not exact, what is left when all is exact is the way's.
 */
export const budget: Study<'budget', GaussianExperiment> = async function* (request, of, report) {
  const { n, draws, seed } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('draws', draws, 2, 64);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  const { experiment } = of;
  const settings = stageOf(request, experiment);
  const truth = yield* budgetTruth(settings, experiment, n);
  const perfect = mean(truth.distances);
  const parts = SWAPPED.filter((part) => part !== 'guidance' || isGuided(settings));
  const hasWay = settings.condition !== null && !isExactWay(settings.condition);
  const swaps = subsetsOf(parts);
  const found: DrawnParts[] = [];
  for (let k = 0; k < draws; k++) {
    const draw = DRAWS_PER_SEED * (1 + seed) + k;
    const held = truth.held(draw);
    const begun = beginRuns(of, n, draw);
    const starts = { noise: begun.start, truth: noised(experiment, truth.start(draw), draw) };
    const distances = new Map<string, number>();
    const ofRuns = new Map<string, number>();
    for (const swapped of swaps) {
      const from = swapped.includes('prior') ? 'truth' : 'noise';
      const run = runWith(settings, swapped, experiment);
      // Swaps may come to the same run: a sampler that takes all steps of the chain has no better solver.
      const key = JSON.stringify([from, run]);
      if (!ofRuns.has(key)) {
        const { points } = yield* endsOfRun(run, { ...begun, start: starts[from] });
        ofRuns.set(key, distanceOfDraw(points, held));
      }
      distances.set(swapped.join(), ofRuns.get(key)!);
      const done = (k + distances.size / swaps.length) / draws;
      report(found.length > 1 ? resultOf(found, truth, hasWay) : null, done);
      yield;
    }
    const distance = (swapped: readonly SwappedPart[]) =>
      distances.get(parts.filter((part) => swapped.includes(part)).join())!;
    const charged: Partial<Record<SwappedPart, number>> = shapley(parts, distance);
    const condition = hasWay ? distance(parts) - perfect : 0;
    found.push({ ...NOT_CHARGED, ...charged, condition, distance: distance([]) });
    if (found.length > 1) report(resultOf(found, truth, hasWay), found.length / draws);
  }
  return resultOf(found, truth, hasWay);
};

const NOT_CHARGED: Readonly<Record<SwappedPart, number>> = { prior: 0, network: 0, solver: 0, guidance: 0 };

/** @throws EngineError 'bad-request' for stages whose samples cannot be held against what they should be */
function stageOf({ stage }: BudgetRequest, experiment: GaussianExperiment): ReverseStage {
  const settings = settingsOf({ ...stage, kind: 'reverse' });
  const { nChain } = experiment;
  requireSampler(settings, nChain);
  if (samplerOf(settings, nChain).fixedTime !== undefined || isEncoding(settings, nChain)) {
    throw badRequest('This stage does not lead from noise to data.', 'Choose a stage that samples.');
  }
  requireInteger('ofClass', settings.ofClass, 0, experiment.classes.length);
  if (settings.denoiser === 'exact') {
    throw badRequest('This stage has no network to charge.', 'Choose a stage with the learned denoiser.');
  }
  // A condition on the class stands in the place of the class that is asked for.
  return settings.condition?.kind === 'class' ? { ...settings, ofClass: 0, guidance: 0 } : settings;
}

/** A run: the settings of its sampler, or those of a flow that is solved finely. */
type BudgetRun =
  | { readonly settings: ReverseStage }
  | {
      readonly denoiser: ReverseStage['denoiser'];
      readonly asked: Partial<ReverseStage>;
      readonly fineness: Fineness;
    };

const endsOfRun = (run: BudgetRun, begun: Begun): AsyncGenerator<void, Ends, void> =>
  'settings' in run ? endsOf(run.settings, begun) : flowEnds(run.denoiser, run.asked, begun, run.fineness);

/** The run in which these parts are exact. */
function runWith(
  stage: ReverseStage,
  swapped: readonly SwappedPart[],
  { nChain }: GaussianExperiment,
): BudgetRun {
  const settings = swapped.includes('guidance') ? { ...stage, guidance: 0 } : stage;
  const denoiser = swapped.includes('network') ? 'exact' : 'learned';
  const variance = denoiser === 'exact' ? unlearned(settings.variance) : settings.variance;
  if (!swapped.includes('solver')) return { settings: { ...settings, denoiser, variance } };
  const { clip, parameters, ofClass, guidance, condition } = settings;
  if (!samplerOf(settings, nChain).stochastic(settings) && !(condition && replaces(condition))) {
    const asked = { ofClass, guidance, condition, ...(denoiser === 'learned' && { clip, parameters }) };
    return { denoiser, asked, fineness: condition ? FINE_UNDER_CONDITION : FINE };
  }
  return { settings: { ...settings, denoiser, variance, nSteps: nChain, timeGrid: 'linear' } };
}

/** x_T of true points: [n][2], scaled units. */
const noised = ({ process }: GaussianExperiment, points: Vector, seed: number): Vector =>
  noisier(process, points, null, 1, createRng(seed).fork('true x_T'));

type DrawnParts = Readonly<Record<BudgetPart | 'distance', number>>;

function resultOf(
  found: readonly DrawnParts[],
  { distances }: Pick<BudgetTruth, 'distances'>,
  hasWay: boolean,
): BudgetResult {
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
      condition: hasWay ? Math.hypot(errorOf(column('condition')), errorOf(distances)) : 0,
      total: Math.hypot(errorOf(column('distance')), errorOf(distances)),
    },
    distance,
    perfect,
    draws: found.length,
  };
}

import type { Model } from '../../../backends/model.ts';
import {
  type ConditionGradient,
  classGradient,
  guidedBy,
  guidedDraw,
  knownLine,
  type LogFactor,
  lineConditional,
  lineGradient,
  logFactorOf,
  logIndicator,
  multipliedDraw,
  perturbedDraw,
  productDensity,
  projectedBy,
  ratioGradient,
  reconstructedBy,
  regionGradient,
  repainted,
} from '../../../core/guidance/index.ts';
import type { Density, Rng, Sampler } from '../../../core/types.ts';
import type {
  ClassCondition,
  FactorCondition,
  KnownCondition,
  RegionCondition,
} from '../../../experiment/conditions/types.ts';
import { taughtProblem, wayProblem } from '../../../experiment/conditions/ways.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { DeviceDenoiser } from '../deviceDenoiser.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { densityFor } from '../guidance.ts';
import { classifierOf } from './classifier/train.ts';
import { type Pending, pointDenoiser } from './points.ts';
import { labelledOf, regionOf, scaledFactor, scaledLine, scaledRegion } from './scaled.ts';
import { requireCondition } from './target.ts';

type PointDenoiser = DeviceDenoiser<Pending>;

/** What a run under a condition samples by: its sampler, and a denoiser that follows the condition. */
export interface ConditionedRun {
  readonly deviceDenoiser: DeviceDenoiser<unknown>;
  readonly sampler: Sampler;
}

/** Evaluations of one answer by differences: at the point and on four sides. */
const AROUND = 5;

/**
 * A run of a stage under its condition. Pauses while the classifier is learned, where one is needed for the first time.
 * @throws EngineError 'bad-request' where the condition cannot be met, or not in this way with this sampler
 */
export async function* conditionedRun(
  settings: ReverseStage,
  sampler: Sampler,
  model: Model,
  experiment: GaussianExperiment,
  noise: Rng,
): AsyncGenerator<void, ConditionedRun, void> {
  const { condition } = settings;
  if (condition === null) throw new RangeError('There is no condition.');
  requireCondition(condition, experiment);
  const problem =
    taughtProblem(condition, experiment.classes.length) ?? wayProblem(condition, settings, sampler);
  if (problem) throw badRequest(problem.problem, problem.advice);
  const asked = { denoiser: settings.denoiser, ...askedWith(settings) };
  const plain = pointDenoiser(asked, model, experiment, noise);
  switch (condition.kind) {
    case 'r':
      return { sampler, deviceDenoiser: byFactor(condition, plain, experiment, asked.ofClass) };
    case 'region':
      return { sampler, deviceDenoiser: byRegion(condition, plain, experiment, asked.ofClass) };
    case 'known':
      return byKnown(condition, plain, experiment, sampler, asked.ofClass);
    case 'class': {
      const deviceDenoiser = yield* byClass(condition, plain, experiment);
      return { sampler, deviceDenoiser };
    }
  }
}

/** The class that the network itself is asked for. A classifier guides the answer for any. */
function askedWith({ condition, ofClass, guidance }: ReverseStage) {
  if (condition?.kind !== 'class') return { ofClass, guidance };
  const free = condition.way === 'classifier-free';
  return free ? { ofClass: condition.index, guidance: condition.scale - 1 } : { ofClass: 0, guidance: 0 };
}

function byFactor(
  condition: FactorCondition,
  plain: PointDenoiser,
  experiment: GaussianExperiment,
  ofClass: number,
): PointDenoiser {
  const r = scaledFactor(condition, experiment.standardization);
  const { space } = plain;
  switch (condition.way) {
    case '2015':
      return { ...plain, draw: perturbedDraw(space, r) };
    case 'product':
      return { ...plain, draw: multipliedDraw(space, r) };
    case 'reconstruction':
      return reconstructed(plain, experiment, logFactorOf(r));
    case 'exact':
      return exactlyGuided(plain, experiment, ofClass, (density) =>
        ratioGradient(productDensity(density, r).density, density),
      );
  }
}

function byRegion(
  condition: RegionCondition,
  plain: PointDenoiser,
  experiment: GaussianExperiment,
  ofClass: number,
): PointDenoiser {
  switch (condition.way) {
    case 'reconstruction':
      return reconstructed(
        plain,
        experiment,
        logIndicator(scaledRegion(condition, experiment.standardization)),
      );
    case 'exact':
      return exactlyGuided(plain, experiment, ofClass, (density) =>
        regionGradient(regionOf(condition, experiment, ofClass), density),
      );
  }
}

/** Guided by the gradient of a factor of x̂₀, through the denoiser. */
const reconstructed = (
  plain: PointDenoiser,
  { process }: GaussianExperiment,
  factor: LogFactor,
): PointDenoiser => ({
  ...plain,
  nfePerAnswer: AROUND * plain.nfePerAnswer,
  denoise: reconstructedBy(plain.space, process, plain.denoise, factor),
});

/** Guided by ∇ln p̃_t/p_t, where p̃ is what the condition makes of the density of the data, or of a class. */
function exactlyGuided(
  plain: PointDenoiser,
  experiment: GaussianExperiment,
  ofClass: number,
  gradientOf: (density: Density) => ConditionGradient,
): PointDenoiser {
  return guidedPlain(plain, experiment, gradientOf(densityFor(experiment, ofClass)));
}

function byKnown(
  condition: KnownCondition,
  plain: PointDenoiser,
  experiment: GaussianExperiment,
  sampler: Sampler,
  ofClass: number,
): ConditionedRun {
  const line = scaledLine(condition, experiment.standardization);
  const known = knownLine(line);
  switch (condition.way) {
    case 'replacement':
      return { deviceDenoiser: plain, sampler: repainted(sampler, known, 1) };
    case 'repaint':
      return { deviceDenoiser: plain, sampler: repainted(sampler, known, condition.repeats) };
    case 'projection':
      return {
        sampler,
        deviceDenoiser: { ...plain, denoise: projectedBy(plain.space, plain.denoise, known) },
      };
    case 'exact': {
      const density = densityFor(experiment, ofClass);
      const gradient = lineGradient(lineConditional(density, line), line, density);
      return { sampler, deviceDenoiser: guidedPlain(plain, experiment, gradient) };
    }
  }
}

async function* byClass(
  condition: ClassCondition,
  plain: PointDenoiser,
  experiment: GaussianExperiment,
): AsyncGenerator<void, PointDenoiser, void> {
  const { way, index, scale, algorithm, at } = condition;
  if (way === 'classifier-free') return plain;
  const gradient =
    way === 'exact'
      ? classGradient(labelledOf(experiment), index - 1)
      : (yield* classifierOf(experiment)).gradient(index - 1);
  if (algorithm === 2) return guidedPlain(plain, experiment, gradient, scale);
  return { ...plain, draw: guidedDraw(plain.space, experiment.process, gradient, scale, at) };
}

function guidedPlain(
  plain: PointDenoiser,
  { process }: GaussianExperiment,
  gradient: ConditionGradient,
  scale = 1,
): PointDenoiser {
  return { ...plain, denoise: guidedBy(plain.space, process, plain.denoise, gradient, scale) };
}

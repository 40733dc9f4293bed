import type { Model } from '../../../backends/model.ts';
import { leftOpenByScore, leftOpenExactly } from '../../../core/likelihood/optimalVariance.ts';
import { createRng } from '../../../core/rng.ts';
import { samplers } from '../../../core/samplers/index.ts';
import { varianceOf } from '../../../core/samplers/variances.ts';
import { toScaled } from '../../../core/standardize.ts';
import type { StepContext, Vector } from '../../../core/types.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import { learnedDeviceDenoiser } from '../deviceDenoiser.ts';
import { freshData, type GaussianExperiment, targetOf } from '../experiment.ts';
import { askable, densityFor } from '../guidance.ts';

/** Points at each level: they leave 1 % of noise's share to chance. */
const POINTS = 4000;
const SEED = 7_340_033;

type Measured = Pick<StepContext<never>, 'meanPosteriorVariance'>;

/** What has been measured with a network, or exactly in an experiment: by class and time. */
type Levels = Map<string, number>;
const ofNetworks = new WeakMap<object, WeakMap<GaussianExperiment, Levels>>();
const ofAnswers = new WeakMap<GaussianExperiment, Levels>();

/**
 * What the optimal variance of a stage needs, measured where its steps start: once for all runs of a model. Pauses after every
 * level. Of what is guided, it is that of the class, since p(x_t) of guided samples is nowhere to be had.
 * @returns nothing for other variances
 */
export async function* measuredVariance(
  settings: Pick<ReverseStage, 'sampler' | 'variance' | 'denoiser' | 'ofClass' | 'guidance'>,
  model: Model,
  experiment: GaussianExperiment,
  times: readonly number[],
): AsyncGenerator<void, Measured, void> {
  if (varianceOf(samplers.get(settings.sampler), settings.variance) !== 'optimal') return {};
  const { ofClass } = askable(settings, experiment);
  const levels = settings.denoiser === 'exact' ? exactLevels(experiment) : levelsOf(model, experiment);
  const name = (t: number) => `${ofClass} ${t}`;
  const missing = times.filter((t) => experiment.process.kernel(t).sigma > 0 && !levels.has(name(t)));
  if (missing.length > 0) {
    const measure =
      settings.denoiser === 'exact'
        ? exactMeasure(experiment, ofClass)
        : learnedMeasure(model, experiment, ofClass);
    for (const t of missing) {
      levels.set(name(t), await measure(t));
      yield;
    }
  }
  return {
    meanPosteriorVariance(t) {
      const leftOpen = levels.get(name(t));
      if (leftOpen === undefined) throw new RangeError(`Nothing was measured at t = ${t}.`);
      return leftOpen;
    },
  };
}

function exactMeasure(experiment: GaussianExperiment, ofClass: number) {
  const { noised } = pointsOf(experiment, ofClass);
  const density = densityFor(experiment, ofClass);
  return async (t: number) => leftOpenExactly(density, experiment.process.kernel(t), noised(t));
}

function learnedMeasure({ backend, network }: Model, experiment: GaussianExperiment, ofClass: number) {
  const { noised, variance } = pointsOf(experiment, ofClass);
  const asked = { ofClass, guidance: 0 };
  const { space, denoise, upload, read } = learnedDeviceDenoiser(
    backend,
    network,
    experiment,
    createRng(SEED),
    asked,
  );
  return async (t: number) => {
    const points = noised(t);
    const x = upload(points);
    const x0Hat = space.scope(() => denoise(x, t));
    const answers = Float64Array.from(await read(x0Hat));
    space.release(x);
    space.release(x0Hat);
    return leftOpenByScore(experiment.process.kernel(t), points, answers, variance);
  };
}

/** The points x_t of a class, of the same x₀ and ε at every t, scaled units; and the variance of the x₀ per coordinate. */
function pointsOf(experiment: GaussianExperiment, ofClass: number) {
  const x0 = toScaled(experiment.standardization, freshData(targetOf(experiment, ofClass), POINTS, SEED));
  const rng = createRng(SEED).fork('optimal variance');
  const eps = x0.map(() => rng.normal());
  const noised = (t: number): Vector => {
    const { alpha, sigma } = experiment.process.kernel(t);
    return x0.map((value, i) => alpha * value + sigma * eps[i]!);
  };
  return { noised, variance: (spreadOf(x0, 0) + spreadOf(x0, 1)) / 2 };
}

function spreadOf(points: Vector, axis: 0 | 1): number {
  const values = points.filter((_, i) => i % 2 === axis);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function exactLevels(experiment: GaussianExperiment): Levels {
  const levels = ofAnswers.get(experiment) ?? new Map();
  ofAnswers.set(experiment, levels);
  return levels;
}

function levelsOf({ network }: Model, experiment: GaussianExperiment): Levels {
  const ofNetwork = ofNetworks.get(network) ?? new WeakMap<GaussianExperiment, Levels>();
  ofNetworks.set(network, ofNetwork);
  const levels = ofNetwork.get(experiment) ?? new Map();
  ofNetwork.set(experiment, levels);
  return levels;
}

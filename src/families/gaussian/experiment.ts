import { withClasses } from '../../backends/classes.ts';
import type { Task } from '../../backends/task.ts';
import { datasetOfClass } from '../../core/datasets/ofClass.ts';
import { classDensity } from '../../core/exact/labelled.ts';
import { parameterizations } from '../../core/parameterizations/index.ts';
import type { NetworkOutput } from '../../core/parameterizations/output.ts';
import type { Process } from '../../core/processes/process.ts';
import { createRng } from '../../core/rng.ts';
import { type Standardization, scaledDensity, toScaled, unitsOf } from '../../core/standardize.ts';
import type { Dataset, Density, Vector } from '../../core/types.ts';
import { datasetOf, taughtClasses, trainingSize } from '../../experiment/dataset.ts';
import { CUSTOM_DATASET } from '../../experiment/fields.ts';
import { betasOf, processOf } from '../../experiment/noise.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { badRequest } from '../../protocol/errors.ts';
import type { Experiment } from '../family.ts';
import { type TrainingLevels, trainingLevelsOf } from './trainingLevels.ts';

/** What a config stands for. A change that throws the model away makes a new one. */
export interface GaussianExperiment extends Experiment {
  readonly dataset: Dataset;
  readonly noise: number;
  readonly standardization: Standardization;
  /** The exact density, scaled units. */
  readonly density: Density;
  /** p(x|y) of each class that is taught, scaled units; empty where none is. */
  readonly classes: readonly Density[];
  /** The training set, scaled units. */
  readonly points: Vector;
  /** [n] the class 1…K of each of its points. */
  readonly labels: Uint8Array;
  /** [T] */
  readonly betas: Float64Array;
  readonly nChain: number;
  readonly process: Process;
  /** What the network's answer stands for. */
  readonly output: NetworkOutput;
  readonly trainingLevels: TrainingLevels;
}

/** @throws EngineError 'bad-request' when there is nothing to train on */
export function createExperiment(config: ExperimentConfig): GaussianExperiment {
  const rng = createRng(config.seed);
  const dataset = trainableDataset(config);
  const density = dataset.density(config.noise);
  const units = unitsOf(dataset, config.noise);
  const drawn =
    dataset.rows ?? dataset.sampleLabelled(config.nPoints, rng.fork('training set'), config.noise);
  const points = toScaled(units, drawn.points);
  const labels = drawn.labels.map((label) => label + 1);
  const classes = taughtClasses(config).map((_, y) =>
    scaledDensity(units, classDensity(dataset.labelledDensity(config.noise), y)),
  );
  const process = processOf(config);
  const trainingLevels = trainingLevelsOf(config, process);
  const { objective, drawLevels } = trainingLevels;
  const task: Task = {
    shape: {
      width: config.width,
      depth: config.depth,
      activation: config.activation,
      outputs: objective.learnsVariance ? 4 : 2,
      classes: classes.length,
    },
    objective: withClasses(objective, classes.length),
    points,
    labels,
    timeSampling: config.timeSampling,
    drawLevels,
  };
  return {
    dataset,
    noise: config.noise,
    standardization: units,
    density: scaledDensity(units, density),
    classes,
    points,
    labels,
    betas: betasOf(config),
    nChain: config.nChain,
    process,
    output: parameterizations.get(config.output),
    trainingLevels,
    task,
    rng,
    followLosses: () => trainingLevels.followLosses(task.objective),
  };
}

function trainableDataset(config: ExperimentConfig): Dataset {
  if (config.dataset === CUSTOM_DATASET && trainingSize(config) < 1) {
    throw badRequest(
      'There are no points to train on.',
      'Draw some points, upload a file, or choose a data set.',
    );
  }
  return datasetOf(config);
}

/** What samples should be like: the data, or one class of them. */
export type Target = Pick<GaussianExperiment, 'dataset' | 'noise'>;

const ofClasses = new WeakMap<Dataset, Map<number, Dataset>>();

/** @param ofClass 1…K, or 0 for any */
export function targetOf(experiment: GaussianExperiment, ofClass: number): Target {
  if (ofClass === 0) return experiment;
  const { dataset, noise } = experiment;
  const known = ofClasses.get(dataset) ?? new Map<number, Dataset>();
  ofClasses.set(dataset, known);
  const ofThis = known.get(ofClass) ?? datasetOfClass(dataset, ofClass - 1);
  known.set(ofClass, ofThis);
  return { dataset: ofThis, noise };
}

/** A fresh draw of the data, data units; equal seeds give equal draws. */
export function freshData({ dataset, noise }: Target, n: number, seed: number): Vector {
  return dataset.sample(n, createRng(seed).fork('fresh data'), noise);
}

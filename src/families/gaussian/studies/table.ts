import type { Model } from '../../../backends/model.ts';
import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import type { Vector } from '../../../core/types.ts';
import { invalidated } from '../../../experiment/fields.ts';
import { applyPatch } from '../../../experiment/patch.ts';
import type { ExperimentConfig } from '../../../experiment/types.ts';
import { EngineError, requireInteger } from '../../../protocol/errors.ts';
import type { Estimate } from '../../../protocol/protocol.ts';
import type { TableCell, TableEntry, TableRequest } from '../../../protocol/studies.ts';
import { newStage } from '../../../views/index.ts';
import { mostSteps, WHOLE_CHAIN } from '../../../views/reverse/mostSteps.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { Learned, Study, StudyAsked } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { createExperiment, targetOf } from '../experiment.ts';
import { networkPredictor } from '../likelihood/predictor.ts';
import { createLikelihoodStudy } from '../likelihood/study.ts';
import { requireSampler } from '../requests.ts';
import { truePoints } from '../yardstick.ts';
import { classAccuracy } from './classAccuracy.ts';
import { beginRuns, judge, standardInSteps } from './judge.ts';
import { endsOf } from './runs.ts';

type Asked = StudyAsked<GaussianExperiment>;

/** A cell that is due. */
interface Due {
  readonly row: number;
  readonly column: number;
  readonly config: ExperimentConfig;
  readonly settings: ReverseStage;
}

/** What cells of one experiment share, and its model or in words why there is none. */
interface Prepared {
  readonly experiment: GaussianExperiment;
  readonly model: Model | string;
}

const NO_NUMBERS = {
  w2: Number.NaN,
  w2Error: Number.NaN,
  strays: Number.NaN,
  straysError: Number.NaN,
  missed: Number.NaN,
  missedError: Number.NaN,
  nfe: 0,
};
const NOT_MEASURED = { accuracy: null, accuracyError: null, bits: null, bitsError: null };

/** Fills a table cell by cell: samples, and where a cell is of another experiment, a model that is trained for it. */
export const table: Study<'table', GaussianExperiment> = async function* (request, of, report) {
  const { n, seed, trainSteps, denoisers } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireInteger('trainSteps', trainSteps, 1, 1_000_000);
  let cells: readonly TableCell[] = [];
  const groups = byModel(dueOf(request, of), of.config);
  const total = denoisers.length * groups.flat().length;
  report({ cells }, 0);
  for (const group of groups) {
    const { config } = group[0]!;
    const needsModel = denoisers.includes('learned') && invalidated(of.config, config) === 'model';
    const learned = needsModel ? yield* of.learn(config, trainSteps) : null;
    try {
      const prepared = preparedOf(learned, config, of);
      for (const due of group) {
        for (const denoiser of denoisers) {
          const { row, column } = due;
          const found = yield* numbersOf(due, denoiser, prepared, request);
          cells = [
            ...cells,
            { row, column, denoiser, blank: null, ...NO_NUMBERS, ...NOT_MEASURED, ...found },
          ];
          report({ cells }, cells.length / total);
          yield;
        }
      }
    } finally {
      if (learned !== null && typeof learned !== 'string') learned.release();
    }
  }
  return { cells };
};

function dueOf({ base, rows, columns }: TableRequest, { config }: Asked): readonly Due[] {
  return rows.flatMap((row, i) =>
    columns.map((column, j): Due => {
      const layers = [base, row, column];
      const patch = Object.assign(
        {},
        ...layers.map((entry) => entry.config ?? {}),
      ) as Partial<ExperimentConfig>;
      const own = applyPatch(config, patch);
      return { row: i, column: j, config: own, settings: settingsOf(layers, own.nChain) };
    }),
  );
}

/** 1000 steps are the whole chain; more than the sampler can take are as many as it can. */
function settingsOf(layers: readonly Omit<TableEntry, 'label'>[], nChain: number): ReverseStage {
  const parameters = Object.assign({}, ...layers.map(({ run }) => run?.parameters ?? {})) as Record<
    string,
    number
  >;
  const merged: ReverseStage = Object.assign({}, newStage.reverse, ...layers.map(({ run }) => run ?? {}), {
    parameters,
  });
  const nSteps = merged.nSteps === WHOLE_CHAIN ? nChain : merged.nSteps;
  return { ...merged, nSteps: Math.min(nSteps, mostSteps(merged.sampler, nChain)) };
}

/** Cells of one experiment together, those of the present model first. */
function byModel(due: readonly Due[], present: ExperimentConfig): readonly (readonly Due[])[] {
  const groups: Due[][] = [];
  for (const cell of due) {
    const group = groups.find(([first]) => invalidated(first!.config, cell.config) !== 'model');
    if (group) group.push(cell);
    else groups.push([cell]);
  }
  const isOwn = (group: readonly Due[]) => invalidated(present, group[0]!.config) !== 'model';
  return [...groups.filter(isOwn), ...groups.filter((group) => !isOwn(group))];
}

function preparedOf(
  learned: Learned<GaussianExperiment> | string | null,
  config: ExperimentConfig,
  of: Asked,
): Prepared {
  if (learned !== null && typeof learned !== 'string') return learned;
  const isOwn = invalidated(of.config, config) !== 'model';
  const experiment = isOwn ? of.experiment : createExperiment(config);
  return { experiment, model: learned ?? of.model };
}

/** @returns the numbers of a cell, or why it stays blank */
async function* numbersOf(
  { settings }: Due,
  denoiser: TableCell['denoiser'],
  { experiment, model }: Prepared,
  { n, seed, bits }: TableRequest,
): AsyncGenerator<void, Partial<TableCell>, void> {
  if (denoiser === 'learned' && typeof model === 'string') return { blank: model };
  // The exact answer asks no network.
  const asked = { model: model as Model, experiment };
  try {
    requireSampler(settings, experiment.nChain);
    const { ofClass } = settings;
    if (ofClass > experiment.classes.length) {
      return {
        blank: `No class ${ofClass} is taught: these data have ${experiment.classes.length} classes that are.`,
      };
    }
    const target = targetOf(experiment, ofClass);
    const standard = yield* standardInSteps(target, n);
    const begun = beginRuns(asked, n, seed);
    const variance =
      denoiser === 'exact' && settings.variance === 'learned' ? 'beta-tilde' : settings.variance;
    const { points, nfe } = yield* endsOf({ ...settings, denoiser, variance }, begun);
    const measured = bits && typeof model !== 'string' ? yield* bitsOf(settings, denoiser, asked) : {};
    if (!points.every(Number.isFinite))
      return { blank: 'The samples are not finite numbers.', nfe, ...measured };
    const { slicedW2, strays, missed } = judge(points, truePoints(target, seed, n), standard);
    return {
      w2: slicedW2.value,
      w2Error: slicedW2.error,
      strays: strays.value,
      straysError: strays.error,
      missed: missed.value,
      missedError: missed.error,
      nfe,
      ...(ofClass > 0 && accuracyOf(points, ofClass, experiment)),
      ...measured,
    };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'bad-request') return { blank: error.message };
    throw error;
  }
}

function accuracyOf(points: Vector, ofClass: number, experiment: GaussianExperiment): Partial<TableCell> {
  const values = [...classAccuracy(experiment, ofClass, points)];
  return { accuracy: mean(values), accuracyError: standardDeviation(values) / Math.sqrt(values.length) };
}

async function* bitsOf(
  { variance }: ReverseStage,
  denoiser: TableCell['denoiser'],
  { model, experiment }: { readonly model: Model; readonly experiment: GaussianExperiment },
): AsyncGenerator<void, Partial<TableCell>, void> {
  const { hasChain } = experiment.trainingLevels;
  const { terms } = yield* createLikelihoodStudy(experiment, hasChain).measure(
    networkPredictor(model, experiment),
    false,
  );
  if (terms.kind !== 'bound') return {};
  const bound = terms.of.find((each) => each.variance === variance);
  const total: Estimate | undefined = (denoiser === 'exact' ? bound?.exact : bound?.model)?.total;
  return total ? { bits: total.mean, bitsError: total.error } : {};
}

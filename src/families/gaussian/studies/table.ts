import type { Model } from '../../../backends/model.ts';
import { mean, standardDeviation } from '../../../core/metrics/measured.ts';
import { unlearned } from '../../../core/samplers/variances.ts';
import type { Vector } from '../../../core/types.ts';
import { invalidated } from '../../../experiment/fields.ts';
import type { ExperimentConfig } from '../../../experiment/types.ts';
import { EngineError, requireInteger } from '../../../protocol/errors.ts';
import type { Estimate } from '../../../protocol/protocol.ts';
import type { TableCell, TableRequest } from '../../../protocol/studies.ts';
import { stepsProblem } from '../../../views/reverse/mostSteps.ts';
import { stepRule } from '../../../views/reverse/parameters.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import type { Learned, Study, StudyAsked } from '../../family.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { createExperiment, targetOf } from '../experiment.ts';
import { networkPredictor } from '../likelihood/predictor.ts';
import { createLikelihoodStudy } from '../likelihood/study.ts';
import { timesOf } from '../recordings/samplerRun.ts';
import { requireSampler } from '../requests.ts';
import { truePoints } from '../yardstick.ts';
import { classAccuracy } from './classAccuracy.ts';
import { beginRuns, judge, standardInSteps } from './judge.ts';
import { type Ends, endsOf } from './runs.ts';
import { createStudents, type Students, teacherTimes } from './students.ts';
import { byModel, type Due, dueOf, fewestLast, studentsOf } from './tableCells.ts';

type Asked = StudyAsked<GaussianExperiment>;

/** What cells of one experiment share, and its model or in words why there is none. */
interface Prepared {
  readonly experiment: GaussianExperiment;
  readonly model: Model | string;
}

/** What cells of one experiment share while they are filled. */
interface Shared extends Prepared {
  readonly students: Students;
  /** Where perfect students end, found once for all of one teacher: by their settings, with the teacher's steps. */
  readonly perfect: Map<string, Ends>;
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
/** Of the work, how many cells the training of a student is like. */
const STUDENT = 6;
const NOT_MEASURED = { accuracy: null, accuracyError: null, bits: null, bitsError: null };

/** Fills a table cell by cell: samples, and where a cell is of another experiment, a model that is trained for it. */
export const table: Study<'table', GaussianExperiment> = async function* (request, of, report) {
  const { n, seed, trainSteps, denoisers } = request;
  requireInteger('n', n, 100, 10_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireInteger('trainSteps', trainSteps, 1, 1_000_000);
  let cells: readonly TableCell[] = [];
  const groups = byModel(dueOf(request, of.config), of.config);
  const nStudents = denoisers.includes('learned')
    ? groups.reduce((sum, group) => sum + studentsOf(group), 0)
    : 0;
  const total = denoisers.length * groups.flat().length + STUDENT * nStudents;
  let spent = 0;
  const told = (more = 0) => report({ cells }, Math.min(1, (spent + more) / total));
  told();
  for (const group of groups) {
    const { config } = group[0]!;
    const needsModel = denoisers.includes('learned') && invalidated(of.config, config) === 'model';
    const learned = needsModel ? yield* of.learn(config, trainSteps) : null;
    const prepared = preparedOf(learned, config, of);
    // Where there is no model, its cells are blank and ask for no student.
    const teacher = { ...prepared, model: prepared.model as Model, config };
    const students = createStudents(teacher, request, (done) => {
      told(STUDENT * done);
      if (done === 1) spent += STUDENT;
    });
    const shared: Shared = { ...prepared, students, perfect: new Map() };
    try {
      for (const due of fewestLast(group)) {
        for (const denoiser of denoisers) {
          const { row, column } = due;
          const found = yield* numbersOf(due, denoiser, shared, request);
          cells = [
            ...cells,
            { row, column, denoiser, blank: null, ...NO_NUMBERS, ...NOT_MEASURED, ...found },
          ];
          spent += 1;
          told();
          yield;
        }
      }
    } finally {
      students.release();
      if (learned !== null && typeof learned !== 'string') learned.release();
    }
  }
  return { cells };
};

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
  { settings, distilledFrom }: Due,
  denoiser: TableCell['denoiser'],
  shared: Shared,
  { n, seed, bits }: TableRequest,
): AsyncGenerator<void, Partial<TableCell>, void> {
  const { experiment } = shared;
  if (denoiser === 'learned' && typeof shared.model === 'string') return { blank: shared.model };
  try {
    requireSampler(settings, experiment.nChain);
    const { ofClass, sampler, nSteps } = settings;
    const tooMany = stepRule(settings) === 'chosen' ? stepsProblem(sampler, nSteps, experiment.nChain) : null;
    if (tooMany) return { blank: `S ${tooMany.problem}.` };
    if (ofClass > experiment.classes.length) {
      return {
        blank: `No class ${ofClass} is taught: these data have ${experiment.classes.length || 'none'}.`,
      };
    }
    const { model, times } = yield* runOf(settings, distilledFrom, denoiser, shared);
    // The exact answer asks no network.
    const asked = { model: model as Model, experiment };
    const target = targetOf(experiment, ofClass);
    const standard = yield* standardInSteps(target, n);
    const begun = beginRuns(asked, n, seed);
    const variance = denoiser === 'exact' ? unlearned(settings.variance) : settings.variance;
    const run = { ...settings, denoiser, variance };
    const isPerfect = denoiser === 'exact' && distilledFrom !== null;
    const key = isPerfect ? JSON.stringify({ ...run, nSteps: distilledFrom }) : null;
    const ends = (key !== null && shared.perfect.get(key)) || (yield* endsOf(run, begun, times));
    if (key !== null) shared.perfect.set(key, ends);
    const { points } = ends;
    // A perfect student takes its own steps.
    const nfe = distilledFrom === null ? ends.nfe : settings.nSteps;
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

/** The model of a cell, and the times that it visits: of a perfect student of the exact answer, those of its first teacher. */
async function* runOf(
  settings: ReverseStage,
  distilledFrom: number | null,
  denoiser: TableCell['denoiser'],
  { experiment, model, students }: Shared,
): AsyncGenerator<void, { readonly model: Prepared['model']; readonly times: number[] }, void> {
  if (distilledFrom === null) return { model, times: timesOf(settings, experiment) };
  if (denoiser === 'exact') return { model, times: [...teacherTimes(settings, distilledFrom, experiment)] };
  const student = yield* students.take(settings, distilledFrom);
  return { model: student.model, times: [...student.times] };
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

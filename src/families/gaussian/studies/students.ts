import type { Model } from '../../../backends/model.ts';
import { studentTimes } from '../../../core/distillation.ts';
import { createRng } from '../../../core/rng.ts';
import { ddim } from '../../../core/samplers/ddim.ts';
import type { ExperimentConfig } from '../../../experiment/types.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import { distil } from '../distillation.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { timesOf } from '../recordings/samplerRun.ts';

/** A model, and the times that it visits. */
export interface TimedModel {
  readonly model: Model;
  /** [S + 1] from 1 to 0. */
  readonly times: readonly number[];
}

/** The students of one teacher: each is distilled from the one before, when it is asked for. */
export interface Students {
  /**
   * The student of so many steps, which is good until the next is asked for; the teacher itself where it takes no more.
   * @param settings of DDIM, with the student's steps
   * @param from steps of the first teacher
   * @throws EngineError 'bad-request' where there is no such student
   */
  take(settings: ReverseStage, from: number): AsyncGenerator<void, TimedModel, void>;
  release(): void;
}

export interface Teacher {
  readonly model: Model;
  readonly experiment: GaussianExperiment;
  readonly config: Pick<ExperimentConfig, 'batchSize' | 'learningRate'>;
}

/** @param told hears how far the present student has come, 0…1, and 1 whenever one is done */
export function createStudents(
  { model: teacher, experiment, config }: Teacher,
  { trainSteps, seed }: { readonly trainSteps: number; readonly seed: number },
  told: (done: number) => void,
): Students {
  const { batchSize, learningRate } = config;
  let present: TimedModel = { model: teacher, times: [] };
  /** The times of the first teacher, by which students of another are told. */
  let first = '';

  function replaceBy(next: TimedModel): void {
    if (present.model !== teacher) present.model.network.dispose();
    present = next;
  }

  /** Has the present student taught the next. */
  async function* halve({ model, times }: TimedModel): AsyncGenerator<void, void, void> {
    const rng = createRng(seed).fork('distillation').fork(times.length);
    const options = { trainSteps, batchSize, learningRate, rng };
    const student = yield* distil(model, experiment, times, options, (step) => told(step / trainSteps));
    if (typeof student === 'string') throw badRequest(student, 'Change the model, or ask for more steps.');
    replaceBy({ model: student.model, times: studentTimes(times) });
  }

  return {
    async *take(settings, from) {
      const times = teacherTimes(settings, from, experiment);
      if (first !== String(times) || present.times.length - 1 < settings.nSteps) {
        replaceBy({ model: teacher, times });
        first = String(times);
      }
      while (present.times.length - 1 > settings.nSteps) yield* halve(present);
      return present;
    },
    release: () => replaceBy({ model: teacher, times: [] }),
  };
}

/**
 * The times that the first teacher visits, [from + 1].
 * @throws EngineError 'bad-request' where halving its steps does not come to the student's
 */
export function teacherTimes(
  settings: ReverseStage,
  from: number,
  experiment: GaussianExperiment,
): readonly number[] {
  const { sampler, nSteps, ofClass } = settings;
  if (sampler !== ddim.id || ddim.stochastic(settings)) {
    throw badRequest(
      'Only DDIM that adds no noise has students.',
      'Choose ddim with eta 0, and no optimal variance.',
    );
  }
  if (ofClass > 0) {
    throw badRequest('Students are taught the answers for any class alone.', 'Ask for no class.');
  }
  if (!Number.isInteger(from) || from < 1 || from > experiment.nChain) {
    throw badRequest(
      `A teacher of ${from} steps does not fit a chain of ${experiment.nChain}: its students learn at its times, which must be levels of the chain, where it was itself taught; between those there are only samplers.`,
      `Distil from 1 to ${experiment.nChain} steps.`,
    );
  }
  if (!Number.isInteger(Math.log2(from / nSteps)) || nSteps > from) {
    throw badRequest(
      `No student of a teacher of ${from} steps takes ${nSteps}: its steps are halved again and again.`,
      `Take ${halvings(from).join(', ')} steps.`,
    );
  }
  return timesOf({ ...settings, nSteps: from }, experiment);
}

const halvings = (from: number): readonly number[] =>
  from % 2 === 0 ? [from, ...halvings(from / 2)] : [from];

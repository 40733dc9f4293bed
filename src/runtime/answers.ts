import type { ExperimentConfig } from '../experiment/types.ts';
import type { Answerer, Experiment } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import { badRequest, cancelled, type EngineError, requireInteger } from '../protocol/errors.ts';
import type { Engine, EngineEvent } from '../protocol/protocol.ts';
import type { StudyKind, StudyRequest, StudyResult } from '../protocol/studies.ts';
import { runNameOf } from '../views/runRequest.ts';
import type { ActiveModels } from './activeModels.ts';
import type { Guests } from './guests.ts';
import { learnBeside } from './learnBeside.ts';
import type { Loop } from './loop.ts';
import { createRequestQueue, withModel } from './requestQueue.ts';
import { PREVIEW_SLICE_MS } from './timeBudget.ts';

/** Of a study between turns of training, milliseconds. */
const STUDY_SLICE_MS = 25;

interface AnswersContext {
  readonly loop: Loop;
  emit(event: EngineEvent): void;
  /** @throws EngineError before the engine is started */
  current(): { readonly models: ActiveModels; readonly config: ExperimentConfig };
  readonly guests: Guests;
}

/** What an engine is asked about its models: short questions, and studies that take long. */
export interface Answers {
  readonly methods: Pick<
    Engine,
    'sample' | 'quality' | 'exact' | 'path' | 'score' | 'study' | 'cancelStudy' | 'data'
  >;
  /** Works for a slice on what was asked. @returns false when nothing waits */
  advance(): Promise<boolean>;
  refuseAll(error: EngineError): Promise<void>;
}

export function createAnswers({ loop, emit, current, guests }: AnswersContext): Answers {
  const questions = createRequestQueue();
  const studies = createRequestQueue();
  const family = () => familyOf(current().config);

  /** Asks the family about a model, before any preview. */
  async function ask<Question, Answer>(
    answerer: Answerer<Question, Answer, Experiment>,
    question: Question,
    which: 'shown' | 'viewed' = 'shown',
  ): Promise<Answer> {
    // In an object, so that the loop does not wait for it.
    const { answer } = await loop.run(() => {
      const { models, config: now } = current();
      const of = { experiment: models.experiment, config: now };
      return {
        answer: questions.ask<Answer>((report) =>
          withModel(models, which, (model) => answerer(question, { ...of, model }, report)),
        ),
      };
    });
    return answer;
  }

  /** Makes a comparison when nobody waits for anything short. */
  async function study<K extends StudyKind>(
    kind: K,
    request: StudyRequest<K>,
    id: number,
  ): Promise<StudyResult<K>> {
    const { result } = await loop.run(() => {
      const { models, config: now } = current();
      const make = familyOf(now).studies?.[kind];
      if (!make) throw badRequest(`There is no ${kind} of this kind of data.`, 'Choose points of the plane.');
      const of = {
        experiment: models.experiment,
        config: now,
        learn: (other: ExperimentConfig, steps: number, told?: (step: number) => void) =>
          learnBeside(models.device, other, steps, told),
      };
      return {
        result: studies.ask<StudyResult<K>>(
          (report) =>
            withModel(models, 'viewed', async function* (model) {
              const tell = (soFar: StudyResult<K> | null, done: number) =>
                emit({ type: 'study', id, result: soFar, done });
              report(yield* make(request, { ...of, model }, tell));
            }),
          id,
        ),
      };
    });
    return result;
  }

  return {
    methods: {
      sample: (request) => ask((...all) => family().sample(...all), request),
      quality: (request) => ask((...all) => family().quality(...all), request),
      exact: (request) => ask((...all) => exactOf(family())(...all), request),
      path: (request) =>
        ask(
          (question, of, report) => {
            const name = runNameOf(question.stage);
            const guest = name === null ? null : guests.of(name, current().models.device);
            return family().path(question, guest ?? of, report);
          },
          request,
          'viewed',
        ),
      score: (request) => ask((...all) => family().score(...all), request),

      study,
      cancelStudy: (id) => loop.run(() => studies.refuse(id, cancelled())),

      data: ({ n, seed }) =>
        loop.run(() => {
          requireInteger('n', n, 1, 1_000_000);
          return Float32Array.from(family().data(current().models.experiment, n, seed));
        }),
    },
    // Nobody waits for a study as for a short answer.
    advance: async () =>
      (await questions.advance(PREVIEW_SLICE_MS)) || (await studies.advance(STUDY_SLICE_MS)),
    async refuseAll(error) {
      await questions.refuseAll(error);
      await studies.refuseAll(error);
    },
  };
}

/** @throws EngineError 'bad-request' */
function exactOf({ exact }: ReturnType<typeof familyOf>): NonNullable<typeof exact> {
  if (exact) return exact;
  throw badRequest(
    'This family of models has no exact answers under conditions.',
    'Choose points of the plane.',
  );
}

import { badRequest, interrupted, problemOf } from '../../protocol/errors.ts';
import type { TrainingBudget, TrainingPhase } from '../../protocol/protocol.ts';
import type { WorldEngine, WorldEvent, WorldOutcome } from '../../protocol/worlds.ts';
import type { OtherWorldId } from '../../worlds/ids.ts';
import type { Learner, WorldModel } from '../../worlds/learner.ts';
import type { CommonSettings } from '../../worlds/world.ts';
import { createLoop, type YieldToMessages } from '../loop.ts';
import { createProgress } from '../progress.ts';
import { createTrainCall, type TrainCall } from '../trainCall.ts';
import { ASKED, createWorldRecordings, FOLLOWED } from './recordings.ts';

/** Milliseconds of a turn, so that messages are let in between. */
const SLICE_MS = 25;
/** A program’s training goes on for so long before it is drawn. */
const BEFORE_PICTURES_MS = 1000;

export interface WorldSessionOptions {
  emit(event: WorldEvent): void;
  readonly load: (id: OtherWorldId) => Promise<Learner>;
  readonly yielding?: YieldToMessages;
}

interface Question {
  readonly work: Generator<void, unknown>;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** One world's life in its worker: training in slices, what is shown, and what is asked. Knows worlds by interface alone. */
export function createWorldSession({ emit, load, yielding }: WorldSessionOptions): WorldEngine {
  let model: WorldModel | null = null;
  let settings: CommonSettings | null = null;
  let learner: Learner | null = null;
  let phase: TrainingPhase = 'starting';
  let call: TrainCall | null = null;
  const questions: Question[] = [];
  const recordings = createWorldRecordings(emit);
  const progress = createProgress(emit);
  const loop = createLoop(turn, yielding);

  function current(): { readonly model: WorldModel; readonly settings: CommonSettings } {
    if (model && settings) return { model, settings };
    throw badRequest('The world has not been started.', 'Call configure first and wait for it.');
  }

  function enter(next: TrainingPhase): void {
    phase = next;
    emit({ type: 'phase', phase, step: model?.step ?? 0 });
  }

  function pace() {
    if (phase !== 'training') return null;
    return call?.mayBeFollowed ? FOLLOWED : ASKED;
  }

  async function turn(): Promise<boolean> {
    if (!model || !settings) return false;
    const work = { model, settings };
    answer();
    if (phase === 'training' && !recordings.isBusy()) trainSlice(work);
    const begun = performance.now();
    try {
      recordings.slice(work, pace(), SLICE_MS);
    } catch (error) {
      emit({ type: 'problem', problem: problemOf(error) });
    }
    progress.addPreview(performance.now() - begun);
    return phase === 'training' || questions.length > 0 || recordings.isDue(work, false);
  }

  /** A slice of the question that has waited longest. */
  function answer(): void {
    const question = questions[0];
    if (!question) return;
    const end = performance.now() + SLICE_MS;
    try {
      while (performance.now() < end) {
        const { done, value } = question.work.next();
        if (!done) continue;
        questions.shift();
        question.resolve(value);
        return;
      }
    } catch (error) {
      questions.shift();
      question.reject(error);
    }
  }

  function trainSlice(work: { readonly model: WorldModel; readonly settings: CommonSettings }): void {
    if (!call) return;
    const end = performance.now() + SLICE_MS;
    let [loss, sum, count] = [Number.NaN, 0, 0];
    const isOver = () => work.model.step >= call!.untilStep || performance.now() >= call!.untilTime;
    // One step at least, however late it is: a budget of seconds is never none.
    while (work.model.step < call.untilStep && (count === 0 || (performance.now() < end && !isOver()))) {
      loss = work.model.train(work.settings);
      sum += loss;
      count += 1;
      if (!Number.isFinite(loss)) {
        diverge(loss);
        return;
      }
    }
    if (count > 0) progress.add(work.model.step, sum / count);
    progress.send(work.model.step);
    if (isOver()) finish(call.after, loss);
  }

  function diverge(loss: number): void {
    const message = `The loss is ${loss}: training went wrong.`;
    const advice = 'Restart training with a lower learning rate.';
    emit({ type: 'problem', problem: { code: 'diverged', message, advice } });
    finish('diverged', loss);
  }

  function finish(next: TrainingPhase, loss: number): void {
    const ended = call;
    call = null;
    progress.send(model!.step, true);
    enter(next);
    ended?.finish(model!.step, loss);
  }

  function stop(error: unknown): void {
    call?.fail(error);
    call = null;
    for (const { reject } of questions.splice(0)) reject(error);
  }

  async function rebuild(): Promise<void> {
    stop(interrupted());
    model?.dispose();
    model = null;
    model = await learner!.build(settings!);
    recordings.restart();
    enter('idle');
  }

  return {
    configure: (id, next, keepsModel) =>
      loop.run(async () => {
        learner ??= await load(id);
        const keeps = keepsModel && model !== null;
        settings = next;
        call?.rebudget(next);
        if (keeps) recordings.restart();
        else await rebuild();
      }),

    async train(budget?: TrainingBudget): Promise<WorldOutcome> {
      const { done } = await loop.run(() => {
        const { model: now, settings: of } = current();
        if (phase === 'diverged') throw badRequest('Training went wrong.', 'Restart it first.');
        const next = createTrainCall(budget, now.step, of);
        call?.fail(interrupted('Training was asked for anew.'));
        call = next;
        progress.restart(now.step);
        enter('training');
        if (!next.mayBeFollowed) recordings.postpone(BEFORE_PICTURES_MS);
        return next;
      });
      return done;
    },

    pause: () =>
      loop.run(() => {
        if (phase === 'training') finish('paused', Number.NaN);
      }),

    reset: () =>
      loop.run(async () => {
        current();
        await rebuild();
      }),

    watch: (kinds) => loop.run(() => recordings.watch(kinds)),

    async ask(name, request) {
      const { answered } = await loop.run(() => {
        const { model: now, settings: of } = current();
        const ask = now.answers[name];
        if (!ask)
          throw badRequest(
            `This world has no answer to “${name}”.`,
            `It has ${Object.keys(now.answers).join(', ')}.`,
          );
        const work = ask(request, of);
        if ('answer' in work) return { answered: Promise.resolve(work.answer) };
        const answered = new Promise<unknown>((resolve, reject) => questions.push({ work, resolve, reject }));
        answered.catch(() => {}); // whoever waits hears of it
        return { answered };
      });
      return answered;
    },
  };
}

import type { ExperimentConfig } from '../experiment/types.ts';
import { badRequest, interrupted, requireInteger } from '../protocol/errors.ts';
import type { TrainingBudget, TrainingPhase } from '../protocol/protocol.ts';

export interface TrainingResult {
  readonly step: number;
  readonly loss: number;
  readonly seconds: number;
}

/** One call of `train`: until when, and who waits for it. */
export interface TrainCall {
  /** The step to stop at, exactly; Infinity when it is time that counts. Less than the step reached where the budget was lowered. */
  readonly untilStep: number;
  /** The first budget ends where it ends now. */
  rebudget(config: Pick<ExperimentConfig, 'budgetSteps'>): void;
  /** `performance.now()` to stop at. */
  readonly untilTime: number;
  /** Whether these are the steps of the first budget, which a person may want to follow. */
  readonly mayBeFollowed: boolean;
  /** The phase that reaching it leads to. */
  readonly after: Extract<TrainingPhase, 'paused' | 'converged'>;
  readonly done: Promise<TrainingResult>;
  /** @param loss at the last step; NaN when there was none, which fails */
  finish(step: number, loss: number): void;
  fail(error: unknown): void;
}

/** @throws EngineError 'bad-request' when the budget is not a positive number */
export function createTrainCall(
  budget: TrainingBudget | undefined,
  step: number,
  config: Pick<ExperimentConfig, 'budgetSteps'>,
): TrainCall {
  const begun = performance.now();
  const { promise, resolve, reject } = deferred<TrainingResult>();
  const { untilStep, mayBeFollowed, ...rest } = limits(budget, step, config, begun);
  let end = untilStep;
  return {
    ...rest,
    mayBeFollowed,
    get untilStep() {
      return end;
    },
    rebudget({ budgetSteps }) {
      if (mayBeFollowed) end = budgetSteps;
    },
    done: promise,
    finish(at, loss) {
      if (Number.isNaN(loss)) reject(interrupted('Training was stopped before its first step.'));
      else resolve({ step: at, loss, seconds: (performance.now() - begun) / 1000 });
    },
    fail: reject,
  };
}

function limits(
  budget: TrainingBudget | undefined,
  step: number,
  { budgetSteps }: Pick<ExperimentConfig, 'budgetSteps'>,
  now: number,
): Pick<TrainCall, 'untilStep' | 'untilTime' | 'mayBeFollowed' | 'after'> {
  const untilTime = Number.POSITIVE_INFINITY;
  if (budget === undefined) {
    const isFirst = step < budgetSteps;
    const untilStep = isFirst ? budgetSteps : step + budgetSteps;
    return { untilStep, untilTime, mayBeFollowed: isFirst, after: 'converged' };
  }
  const mayBeFollowed = false;
  if ('steps' in budget) {
    requireInteger('steps', budget.steps, 1, 100_000_000);
    const untilStep = step + budget.steps;
    const after = untilStep >= budgetSteps ? 'converged' : 'paused';
    return { untilStep, untilTime, mayBeFollowed, after };
  }
  if (!(budget.seconds > 0)) throw badRequest(`seconds is ${budget.seconds}.`, 'Give a number above 0.');
  return {
    untilStep: Number.POSITIVE_INFINITY,
    untilTime: now + 1000 * budget.seconds,
    mayBeFollowed,
    after: 'paused',
  };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // A call that nobody waits for may fail too.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

import { EngineError, problemOf } from './errors.ts';
import type { Model } from './model.ts';
import type { Workshop } from './workshop.ts';

/** Work in steps: between two of them anything may happen, and `return` frees what it holds. */
export type Job = AsyncGenerator<void, void, void>;

/** The answer to a request whose experiment has gone while it was worked on. */
export function interrupted(): EngineError {
  return new EngineError({
    code: 'bad-request',
    message: 'The experiment was changed while this was being computed.',
    advice: 'Ask again.',
  });
}

/** Steps through `job` and hands its failure, or its being broken off, to `reject` instead of the session. */
export async function* guarded(job: Job, reject: (error: unknown) => void): Job {
  let ended = false;
  try {
    yield* job;
    ended = true;
  } catch (error) {
    ended = true;
    reject(error instanceof EngineError ? error : new EngineError(problemOf(error)));
  } finally {
    if (!ended) reject(interrupted());
  }
}

/** A job with the shown model, which is given back however the job ends. */
export async function* lent(shop: Workshop, start: (model: Model) => Job): Job {
  const { model, done } = shop.borrow('shown');
  try {
    yield* start(model);
  } finally {
    done();
  }
}

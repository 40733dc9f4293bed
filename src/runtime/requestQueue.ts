import type { Model } from '../backends/model.ts';
import type { Job } from '../families/family.ts';
import { EngineError, problemOf } from '../protocol/errors.ts';
import type { ActiveModels } from './activeModels.ts';

/** A job whose result somebody waits for. */
interface PendingRequest {
  readonly steps: Job;
  /** Tells them that there will be none. */
  refuse(error: EngineError): void;
  /** By which it can be taken back. */
  readonly id: number | undefined;
}

/** Goes on with the job for `ms`. @returns whether it has ended, well or not */
async function advance({ steps, refuse }: PendingRequest, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  try {
    while (performance.now() < until) {
      if ((await steps.next()).done) return true;
    }
    return false;
  } catch (error) {
    refuse(error instanceof EngineError ? error : new EngineError(problemOf(error)));
    return true;
  }
}

/** Jobs that somebody waits for, one after another. */
export interface RequestQueue {
  /** @param id by which it can be taken back @returns what the job reports */
  ask<T>(start: (report: (value: T) => void) => Job, id?: number): Promise<T>;
  /** Frees what a job holds and tells whoever waits; nothing where there is no such job. */
  refuse(id: number, error: EngineError): Promise<void>;
  /** Goes on with the first for `ms`. @returns whether there was one */
  advance(ms: number): Promise<boolean>;
  /** Frees what they hold, and tells those who wait. */
  refuseAll(error: EngineError): Promise<void>;
}

export function createRequestQueue(): RequestQueue {
  const waiting: PendingRequest[] = [];
  return {
    ask: (start, id) =>
      new Promise((resolve, reject) => waiting.push({ steps: start(resolve), refuse: reject, id })),
    async refuse(id, error) {
      const index = waiting.findIndex((job) => job.id === id);
      const [job] = index < 0 ? [] : waiting.splice(index, 1);
      await job?.steps.return();
      job?.refuse(error);
    },
    async advance(ms) {
      const job = waiting[0];
      if (!job) return false;
      if ((await advance(job, ms)) && waiting[0] === job) waiting.shift();
      return true;
    },
    async refuseAll(error) {
      for (const { steps, refuse } of waiting.splice(0)) {
        await steps.return();
        refuse(error);
      }
    },
  };
}

/** A job with a model, which is released however the job ends. */
export async function* withModel(
  models: ActiveModels,
  which: 'shown' | 'viewed',
  start: (model: Model) => Job,
): Job {
  const { model, release } = models.acquire(which);
  try {
    yield* start(model);
  } finally {
    release();
  }
}

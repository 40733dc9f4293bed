import type {
  ConditionRow,
  ConditionStudyRequest,
  ConditionStudyResult,
} from '../protocol/conditionStudy.ts';
import { problemOf } from '../protocol/errors.ts';
import type { PlaygroundEngine } from './engineLink.ts';
import { runStudy } from './studies.ts';

/** Settings have paused for so long before they are measured. */
const PAUSE_MS = 600;

export interface ConditionStudyState {
  readonly result: ConditionStudyResult | null;
  /** 0…1 while it runs; null at rest. */
  readonly done: number | null;
  readonly problem: string | null;
}

export const NOTHING: ConditionStudyState = { result: null, done: null, problem: null };

/** Samples that are so many times as far from the target as two exact draws from each other have missed it. */
const FAR = 4;
const SURE = 2;

/** How many times as far from what the condition asks for samples are as exact draws; null where that is not many, beyond chance. */
export function timesTooFar({
  distance,
  perfect,
}: Pick<ConditionRow, 'distance' | 'perfect'>): number | null {
  if (distance.mean === Infinity) return Infinity;
  return distance.mean - SURE * distance.error > FAR * perfect.mean ? distance.mean / perfect.mean : null;
}

/** What is measured, and of which weights: a step of training, or the exact answer. */
export interface Asked {
  readonly request: ConditionStudyRequest;
  readonly model: number | 'exact';
}

type Hear = (next: Partial<ConditionStudyState>) => void;

interface Followed {
  readonly heard: Set<Hear>;
  /** All that has been told so far. */
  told: Partial<ConditionStudyState>;
  end(): void;
}

const running = new WeakMap<object, Map<string, Followed>>();

/**
 * Follows a study, which all who ask the same share: the foot of a stage and its settings. It ends when the last of them leaves.
 * @param hear is told what changes
 * @returns leaves
 */
export function followStudy(
  engine: Pick<PlaygroundEngine, 'study' | 'cancelStudy' | 'on'>,
  asked: Asked,
  hear: Hear,
): () => void {
  const key = JSON.stringify(asked);
  const studies = running.get(engine) ?? new Map<string, Followed>();
  running.set(engine, studies);
  const followed = studies.get(key) ?? begin(engine, asked);
  studies.set(key, followed);
  followed.heard.add(hear);
  hear(followed.told);
  return () => {
    followed.heard.delete(hear);
    if (followed.heard.size > 0) return;
    studies.delete(key);
    followed.end();
  };
}

function begin(engine: Pick<PlaygroundEngine, 'study' | 'cancelStudy' | 'on'>, { request }: Asked): Followed {
  const ending = new AbortController();
  const { signal } = ending;
  const followed: Followed = {
    heard: new Set(),
    told: {},
    end() {
      clearTimeout(timer);
      ending.abort();
    },
  };
  const tell: Hear = (next) => {
    if (signal.aborted) return;
    followed.told = { ...followed.told, ...next };
    for (const hear of followed.heard) hear(next);
  };
  const timer = setTimeout(() => {
    tell({ done: 0, problem: null });
    runStudy(engine, 'condition', request, {
      signal,
      onProgress: ({ done, result }) => tell(result?.rows.length ? { done, result } : { done }),
    }).then(
      (result) => tell({ result, done: null }),
      (error: unknown) => tell({ done: null, result: null, problem: problemOf(error).message }),
    );
  }, PAUSE_MS);
  return followed;
}

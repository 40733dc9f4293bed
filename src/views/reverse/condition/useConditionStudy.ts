import { useEffect, useMemo, useState } from 'react';
import type { ConditionStudyRequest, ConditionStudyResult } from '../../../protocol/conditionStudy.ts';
import { problemOf } from '../../../protocol/errors.ts';
import { useField, usePlayground, usePlaygroundContext } from '../../../store/react.ts';
import { runStudy } from '../../../store/studies.ts';
import { requestsOf } from '../requests.ts';
import type { ReverseStage } from '../stage.ts';

/** Settings have paused for so long before they are measured. */
const PAUSE_MS = 600;

export interface ConditionStudyState {
  readonly result: ConditionStudyResult | null;
  /** 0…1 while it runs; null at rest. */
  readonly done: number | null;
  readonly problem: string | null;
}

const NOTHING: ConditionStudyState = { result: null, done: null, problem: null };

/** What a stage samples by, for a study, which is of the page's own model; null where it has no condition, cannot keep it, or shows a run. */
export function useConditionRun(stage: ReverseStage): ConditionStudyRequest['run'] | null {
  const nChain = useField('nChain');
  return useMemo(() => {
    const [request] = requestsOf({ ...stage, layers: [] }, { stages: [], nChain });
    const { mesh: _, ...run } = request!;
    return run.condition && stage.run === '' ? { ...run, condition: run.condition } : null;
  }, [stage, nChain]);
}

/**
 * A study of a stage's condition, made again when what is asked changes or, at rest, the model; ended when it does.
 * @param request null for none; what is equal must be the same object
 */
export function useConditionStudy(request: ConditionStudyRequest | null): ConditionStudyState {
  const { engine } = usePlaygroundContext();
  const [state, setState] = useState(NOTHING);
  // While it learns, the exact denoiser alone stays what it is.
  const step = usePlayground(({ phase, step }) => (phase === 'training' ? 'training' : step));
  const model = request?.run.denoiser === 'exact' ? 'exact' : step;
  useEffect(() => {
    if (request === null || model === 'training') {
      setState((old) => (request === null ? NOTHING : { ...old, done: null }));
      return;
    }
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setTimeout(() => {
      const hear = (next: Partial<ConditionStudyState>) =>
        signal.aborted || setState((old) => ({ ...old, ...next }));
      hear({ done: 0, problem: null });
      runStudy(engine, 'condition', request, {
        signal,
        onProgress: ({ done, result }) => hear(result.rows.length > 0 ? { done, result } : { done }),
      }).then(
        (result) => hear({ result, done: null }),
        (error: unknown) => hear({ done: null, result: null, problem: problemOf(error).message }),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [engine, request, model]);
  return state;
}

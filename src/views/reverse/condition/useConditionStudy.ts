import { useEffect, useMemo, useState } from 'react';
import type { ConditionStudyRequest } from '../../../protocol/conditionStudy.ts';
import { type ConditionStudyState, followStudy, NOTHING } from '../../../store/conditionStudies.ts';
import { useField, usePlayground, usePlaygroundContext } from '../../../store/react.ts';
import { requestsOf } from '../requests.ts';
import type { ReverseStage } from '../stage.ts';

/** Draws of a stage's measurement: enough to tell twice the perfect distance from it. */
const MEASURED = { n: 600, draws: 3, seed: 11 } as const;

/** What a stage samples by, for a study, which is of the page's own model; null where it has no condition, cannot keep it, or shows a run. */
export function useConditionRun(stage: ReverseStage): ConditionStudyRequest['run'] | null {
  const nChain = useField('nChain');
  return useMemo(() => {
    const [request] = requestsOf({ ...stage, layers: [] }, { stages: [], nChain });
    const { mesh: _, ...run } = request!;
    return run.condition && stage.run === '' ? { ...run, condition: run.condition } : null;
  }, [stage, nChain]);
}

/** How far a stage's samples are from what its condition asks for; null where there is nothing to measure. */
export function useStageDistance(stage: ReverseStage): ConditionStudyState | null {
  const run = useConditionRun(stage);
  const request = useMemo(() => (run === null ? null : { run, ...MEASURED }), [run]);
  const state = useConditionStudy(request);
  return run === null ? null : state;
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
    return followStudy(engine, { request, model }, (next) => setState((old) => ({ ...old, ...next })));
  }, [engine, request, model]);
  return state;
}

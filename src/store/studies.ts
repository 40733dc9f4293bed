import { cancelled } from '../protocol/errors.ts';
import type { StudyKind, StudyProgress, StudyRequest, StudyResult } from '../protocol/studies.ts';
import type { PlaygroundEngine } from './engineLink.ts';

/** How a long comparison is followed, and ended. */
export interface StudyOptions<K extends StudyKind> {
  /** Hears of all that has been found so far. */
  readonly onProgress?: (progress: StudyProgress<K>) => void;
  /** Ends it when it is aborted; the study then rejects. */
  readonly signal?: AbortSignal;
}

let lastId = 0;

/**
 * Has the engine make a comparison, beside training.
 * @throws EngineError 'cancelled' when it was aborted, 'interrupted' when the model has gone, 'bad-request' as the study
 */
export async function runStudy<K extends StudyKind>(
  engine: Pick<PlaygroundEngine, 'study' | 'cancelStudy' | 'on'>,
  kind: K,
  request: StudyRequest<K>,
  { onProgress, signal }: StudyOptions<K> = {},
): Promise<StudyResult<K>> {
  if (signal?.aborted) throw cancelled();
  lastId += 1;
  const id = lastId;
  const stopListening = engine.on((event) => {
    if (event.type !== 'study' || event.id !== id) return;
    // The number is this study's, hence the result is of its kind.
    onProgress?.({ done: event.done, result: event.result as StudyResult<K> | null });
  });
  const cancel = () => void engine.cancelStudy(id).catch(() => undefined);
  signal?.addEventListener('abort', cancel);
  try {
    return await engine.study(kind, request, id);
  } finally {
    stopListening();
    signal?.removeEventListener('abort', cancel);
  }
}

import type { SpeedOutcome, SpeedRequest } from '../protocol/speed.ts';

/** Measures one engine in a worker of its own. @returns null when `signal` ended it */
export function measureSpeed(request: SpeedRequest, signal: AbortSignal): Promise<SpeedOutcome | null> {
  if (signal.aborted) return Promise.resolve(null);
  const worker = new Worker(new URL('../families/gaussian/speedTest/worker.ts', import.meta.url), {
    type: 'module',
  });
  return new Promise<SpeedOutcome | null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
    worker.onmessage = ({ data }: MessageEvent<SpeedOutcome>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve({ missing: event.message || 'its worker stopped' });
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

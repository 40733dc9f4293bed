import type { Call } from './call.ts';

/** The same in a worker of its own, as the engine is run: only there may one thread wait for another. */
export function callInWorker(call: Call): Promise<unknown> {
  const worker = new Worker(new URL('./pagesWorker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(call);
  }).finally(() => worker.terminate());
}

import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import type { OpenDevice } from '../../src/backends/device.ts';
import { tfjsBackend } from '../../src/backends/tfjs/backend.ts';

/** tfjs in Node: what `openDevice` gives where there is nothing better. */
export async function openCpu(): Promise<OpenDevice> {
  await setBackend('cpu');
  return {
    backend: tfjsBackend(() => {}),
    info: { engine: 'tfjs', backend: 'cpu', adapter: null, reason: 'This is a test.', trial: null },
    suits: () => true,
  };
}

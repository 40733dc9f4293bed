import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngineClient } from '../../src/engine/client.ts';
import type { EngineEvent } from '../../src/engine/protocol.ts';

afterEach(() => vi.unstubAllGlobals());

/** Stands in for the browser's Worker: what `host` answers, in this very thread. */
function stubWorker(host: object): { terminated: boolean } {
  const state = { terminated: false };
  vi.stubGlobal(
    'Worker',
    class {
      readonly #port: MessagePort;
      constructor() {
        const { port1, port2 } = new MessageChannel();
        this.#port = port1;
        expose(host, port2);
      }
      addEventListener(type: string, listener: (event: MessageEvent) => void) {
        if (type === 'message') this.#port.addEventListener('message', listener);
        this.#port.start();
      }
      removeEventListener() {}
      postMessage(message: unknown, transfer: Transferable[] = []) {
        this.#port.postMessage(message, transfer);
      }
      terminate() {
        state.terminated = true;
        this.#port.close();
      }
    },
  );
  return state;
}

test('a worker that cannot be connected is ended, and the page hears why', async () => {
  const worker = stubWorker({
    connect() {
      throw new Error('no room for a session');
    },
  });
  const client = createEngineClient({ pretrained: null });
  const heard = await new Promise<EngineEvent>((resolve) => {
    client.on((event) => event.type === 'problem' && resolve(event));
  });
  expect(heard).toMatchObject({
    problem: { code: 'internal', message: "The engine's worker stopped: no room for a session" },
  });
  expect(worker.terminated).toBe(true);
  await expect(client.pause()).rejects.toThrow('no room for a session');
  client.dispose();
});

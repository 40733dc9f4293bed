import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngineClient, type EngineClient } from '../../src/engine/client.ts';
import type { EngineEvent } from '../../src/engine/protocol.ts';

afterEach(() => vi.unstubAllGlobals());

/** Stands in for the browser's Worker: what `host` answers, in this very thread. */
function stubWorker(host: object): { terminated: boolean; onerror?: (event: { message: string }) => void } {
  const state: ReturnType<typeof stubWorker> = { terminated: false };
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
      set onerror(listener: (event: { message: string }) => void) {
        state.onerror = listener;
      }
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

function problemOf(client: EngineClient): Promise<EngineEvent> {
  return new Promise((resolve) => {
    client.on((event) => event.type === 'problem' && resolve(event));
  });
}

test('a worker that cannot be connected is ended, and the page hears why', async () => {
  const worker = stubWorker({
    connect() {
      throw new Error('no room for a session');
    },
  });
  const client = createEngineClient({ pretrained: null });
  const heard = await problemOf(client);
  expect(heard).toMatchObject({
    problem: { code: 'internal', message: "The engine's worker stopped: no room for a session" },
  });
  expect(worker.terminated).toBe(true);
  await expect(client.pause()).rejects.toThrow('no room for a session');
  client.dispose();
});

test.each([
  [true, /without the browser's cache/],
  [false, /network/],
])('a worker that never loads says so, with what to do (isolated: %s)', async (isolated, advice) => {
  vi.stubGlobal('crossOriginIsolated', isolated);
  const worker = stubWorker({ connect: () => new Promise(() => {}) });
  const client = createEngineClient({ pretrained: null });
  const heard = problemOf(client);
  worker.onerror?.({ message: '' });
  expect(await heard).toMatchObject({
    problem: {
      message: "The engine's worker could not be loaded.",
      advice: expect.stringMatching(advice),
    },
  });
  client.dispose();
});

test('a worker that stops later says what it said', async () => {
  const worker = stubWorker({ connect() {} });
  const client = createEngineClient({ pretrained: null });
  const heard = problemOf(client);
  await new Promise((resolve) => setTimeout(resolve, 50));
  worker.onerror?.({ message: '' });
  expect(await heard).toMatchObject({ problem: { message: "The engine's worker stopped." } });
  client.dispose();
});

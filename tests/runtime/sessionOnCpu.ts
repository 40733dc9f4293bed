import { afterEach, beforeEach, expect } from 'vitest';
import type { OpenDevice } from '../../src/backends/device.ts';
import type { EngineEvent, Recording } from '../../src/protocol/protocol.ts';
import { createSession, type Session } from '../../src/runtime/session.ts';
import type { RecordingRequest } from '../../src/views/index.ts';
import { recordingKey } from '../../src/views/types.ts';
import { openSimd } from '../backends/simdInNode.ts';
import { openCpu } from '../backends/tfjsOnCpu.ts';

/** What a test has to do with: a session of its own, and all that it has said so far. */
export interface Stand {
  readonly session: Session;
  /** Opens TensorFlow.js from now on. */
  openTfjs(): void;
  /** What it has said of one kind. */
  of<T extends EngineEvent['type']>(type: T): Extract<EngineEvent, { type: T }>[];
  /** The latest recording that answers a request. */
  latest(request: RecordingRequest): Recording | undefined;
  /** Watches, and waits for the finished recordings of all requests. */
  recorded(requests: readonly RecordingRequest[]): Promise<Recording[]>;
}

/**
 * Gives every test of a file a session on SIMD WebAssembly in Node, and sees that it leaves no memory taken behind.
 * @param leisure of the session; without rest a test waits no longer than it must
 */
export function sessionPerTest(leisure = 0): Stand {
  let session: Session;
  let events: EngineEvent[];
  let open = openSimd;
  let opened: { readonly backend: OpenDevice['backend']; readonly tensors: number }[];

  beforeEach(() => {
    open = openSimd;
    opened = [];
    events = [];
    // Node runs through a thousand messages before it looks at its timers.
    const yielding = { next: () => new Promise<void>((resolve) => setImmediate(resolve)), close() {} };
    session = createSession({
      emit: (event) => events.push(event),
      async open() {
        const device = await open();
        opened.push({ backend: device.backend, tensors: device.backend.memory().tensors });
        return device;
      },
      ...{ yielding, leisure },
    });
  });

  afterEach(async () => {
    await session.dispose();
    for (const { backend, tensors } of opened) expect(backend.memory().tensors).toBe(tensors);
  });

  function of<T extends EngineEvent['type']>(type: T) {
    return events.filter((event): event is Extract<EngineEvent, { type: T }> => event.type === type);
  }

  const latest = (request: RecordingRequest) =>
    of('recording')
      .map(({ recording }) => recording)
      .findLast(({ key }) => key === recordingKey(request));

  return {
    get session() {
      return session;
    },
    openTfjs() {
      open = openCpu;
    },
    of,
    latest,
    async recorded(requests) {
      await session.watch(requests);
      await until(() => {
        const problem = of('problem')[0];
        if (problem) throw new Error(problem.problem.message);
        return requests.every((request) => isFinished(latest(request)));
      }, 20_000);
      return requests.map((request) => latest(request)!);
    },
  };
}

/** A trajectory that is still growing does not reach the other end of time; one step ends on the divergence of others. */
function isFinished(recording: Recording | undefined): boolean {
  if (recording?.kind === 'one-step') return recording.otherSteps.length > 0;
  if (recording?.kind !== 'trajectory') return recording !== undefined;
  return Math.abs(recording.times.at(-1)! - recording.times[0]!) === 1;
}

/** @throws Error when it has not come true after `ms` */
export async function until(condition: () => boolean, ms = 5000): Promise<void> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

import { expose, type Remote, transfer, wrap } from 'comlink';
import type { Answer } from '../../protocol/channel.ts';
import { badRequest, EngineError } from '../../protocol/errors.ts';
import type { WorldEngine, WorldEvent } from '../../protocol/worlds.ts';
import type { WorldHost } from './host.ts';
import workerAddress from './worker.ts?worker&url';

/** The engine of a world for the page. */
export interface WorldClient extends WorldEngine {
  /** Ends the worker; calls that wait are refused. */
  dispose(): void;
}

interface Place {
  readonly host: Remote<WorldHost>;
  end(): void;
}

/** A worker by its address; where that may not be started, as in some frames, by a blob that imports it; else the page itself. */
function place(onCrash: (message: string) => void): Place {
  const { href } = new URL(workerAddress, document.baseURI);
  const blob = () =>
    URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
  for (const address of [() => href, blob]) {
    try {
      const worker = new Worker(address(), { type: 'module' });
      worker.onerror = ({ message }) => onCrash(message || 'its script could not be loaded');
      return { host: wrap<WorldHost>(worker), end: () => worker.terminate() };
    } catch {
      // Refused by its origin: the next way.
    }
  }
  return onPage(onCrash);
}

function onPage(onCrash: (message: string) => void): Place {
  const { port1, port2 } = new MessageChannel();
  import('./host.ts').then(
    ({ createWorldHost }) => expose(createWorldHost(), port2),
    (error: unknown) => onCrash(String(error)),
  );
  return { host: wrap<WorldHost>(port1), end: () => port2.close() };
}

/** What the browser says of a function, or a symbol, on its way to a worker. @throws always */
function notSent(error: unknown): never {
  if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
  throw badRequest(
    'The request holds what cannot be sent to the worker, such as a function.',
    'Give numbers, texts, and lists and objects of these.',
  );
}

/** @param hear what the worker tells, until `dispose` */
export function createWorldClient(hear: (event: WorldEvent) => void): WorldClient {
  let fail: (error: EngineError) => void = () => {};
  const gone = new Promise<never>((_, reject) => {
    fail = reject;
  });
  gone.catch(() => {}); // whoever waits hears of it; nobody need wait
  const crashed = (message: string) => {
    const problem = {
      code: 'engine-lost' as const,
      message: `The worker of this world stopped: ${message}.`,
      advice: 'Choose the world again, or reload the page.',
    };
    hear({ type: 'phase', phase: 'failed', step: 0 });
    hear({ type: 'problem', problem });
    fail(new EngineError(problem));
  };
  const { host, end } = place(crashed);
  const { port1, port2 } = new MessageChannel();
  const fences: (() => void)[] = [];
  port1.onmessage = ({ data }: MessageEvent<WorldEvent | null>) => {
    if (data) hear(data);
    else fences.shift()?.();
  };
  /** Resolves when all that has been told is heard: answers come by another port, and may overtake it. */
  const allHeard = () =>
    new Promise<void>((resolve) => {
      fences.push(resolve);
      port1.postMessage(null);
    });
  const connected = host.connect(transfer(port2, [port2]));
  connected.catch((error: unknown) => crashed(String(error)));

  async function ask<T>(call: () => Promise<Answer<T>>): Promise<T> {
    const result = await Promise.race([connected.then(call).catch(notSent), gone]);
    if (!result.ok) throw new EngineError(result.problem);
    return result.value;
  }

  return {
    configure: (...args) => ask(() => host.configure(...args)),
    async train(budget) {
      const outcome = await ask(() => host.train(budget));
      await Promise.race([allHeard(), gone]);
      return outcome;
    },
    pause: () => ask(() => host.pause()),
    reset: () => ask(() => host.reset()),
    watch: (kinds) => ask(() => host.watch(kinds)),
    ask: (name, request) => ask(() => host.ask(name, request)),
    dispose() {
      end();
      port1.close();
      fail(
        new EngineError({ code: 'interrupted', message: 'The world was left.', advice: 'Choose it again.' }),
      );
    },
  };
}

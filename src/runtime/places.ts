import { expose, type Remote, releaseProxy, wrap } from 'comlink';
import { takeEarlyEngine } from './earlyEngine.ts';
import workerAddress from './engineWorker.ts?worker&url';
import type { Host } from './host.ts';

/** Where an engine runs: a worker or, where there can be none, the page's own thread in slices. */
export interface Place {
  readonly host: Remote<Host>;
  readonly onPage: boolean;
  /** Called when it throws outside of any call. */
  onCrash(listener: (message: string) => void): void;
  end(): void;
}

/** The worker that was begun before the page, which may not answer yet, nor ever; null where there is none. */
export function earlyPlace(): Place | null {
  const early = takeEarlyEngine();
  return early && placeOf(early.worker);
}

/**
 * The first place that answers. A sandboxed frame may not start a worker by its address, but it may by a blob that
 * imports it; a script that could not be fetched is thereby asked for again, too.
 * @throws Error when the engine's scripts cannot be had at all
 */
export async function openPlace(
  early: Place | null = null,
  ways: readonly (() => Promise<Place>)[] = WAYS,
): Promise<Place> {
  const failures: unknown[] = [];
  for (const open of early ? [() => answering(early), ...ways] : ways) {
    try {
      return await open();
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures.at(-1);
}

const WAYS = [
  () => answering(placeOf(new Worker(workerAddress, { type: 'module' }))),
  () => answering(placeOf(blobWorker())),
  onPage,
];

function blobWorker(): Worker {
  const { href } = new URL(workerAddress, document.baseURI);
  const script = new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, { type: 'module' });
  // Its script has been read by the time it answers or fails.
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}

/** Waits for the first answer: a script that cannot be fetched or run is told of by an event alone. */
function answering(place: Place): Promise<Place> {
  return new Promise((resolve, reject) => {
    place.onCrash((message) => {
      place.end();
      reject(new Error(message || 'its script could not be loaded'));
    });
    place.host.ping().then(() => resolve(place), reject);
  });
}

const placeOf = (worker: Worker): Place => ({
  host: wrap<Host>(worker),
  onPage: false,
  onCrash(listener) {
    worker.onerror = ({ message }) => listener(message);
  },
  end: () => worker.terminate(),
});

async function onPage(): Promise<Place> {
  const { createHost } = await import('./host.ts');
  const { port1, port2 } = new MessageChannel();
  expose(createHost(), port2);
  const host = wrap<Host>(port1);
  return {
    host,
    onPage: true,
    onCrash() {}, // what throws on the page is told of by the page
    end() {
      const close = () => {
        host[releaseProxy]();
        port2.close();
      };
      host.dispose().then(close, close);
    },
  };
}

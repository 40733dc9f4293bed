import { type Remote, transfer, wrap } from 'comlink';
import { withoutPoints } from '../config/dataset.ts';
import { thrownAway } from '../config/fields.ts';
import type { OwnData } from '../config/ownData.ts';
import type { ExperimentConfig } from '../config/types.ts';
import type { Answer, TaggedEvent } from './channel.ts';
import { EngineError } from './errors.ts';
import { watchHeartbeat } from './heartbeat.ts';
import type { Engine, EngineEvent, EngineInfo, RecordingRequest, Trials } from './protocol.ts';
import type { Host } from './worker.ts';

/** The engine for the page: calls go to the worker, events come back until `dispose`. */
export interface EngineClient extends Engine {
  /** @returns a function that stops listening */
  on(listener: (event: EngineEvent) => void): () => void;
  /** A fresh worker with the latest config and requests, from step 0: the way out when the worker has died. */
  restart(): Promise<void>;
  /** Ends the worker; calls that wait are refused. */
  dispose(): void;
}

export interface ClientOptions {
  /** Weights shown until the person's own are as good, relative to the page; null for none. */
  readonly pretrained?: string | null;
}

interface Connection {
  readonly worker: Worker;
  readonly host: Remote<Host>;
  readonly events: MessagePort;
  /** Rejects when the worker is gone. */
  readonly gone: Promise<never>;
  fail(error: EngineError): void;
  /** The key of the data that its worker was sent last. */
  sentData: string;
  /** Ends the heartbeat. */
  stopAsking(): void;
}

export function createEngineClient({
  pretrained = 'pretrained/default.json',
}: ClientOptions = {}): EngineClient {
  const listeners = new Set<(event: EngineEvent) => void>();
  let run = 0;
  /** Recordings of runs before these are stale. */
  let samplesSince = 0;
  let modelSince = 0;
  let config: ExperimentConfig | null = null;
  let trials: Trials = {};
  let watched: readonly RecordingRequest[] = [];
  /** Where training stood when it was last heard of. */
  let step = 0;
  let connection = connect();

  function emit(event: EngineEvent): void {
    if (event.type === 'phase' || event.type === 'progress') step = event.step;
    if (event.type === 'engine' && event.info.trial) trials = rememberedWith(trials, event.info.trial);
    for (const listener of listeners) listener(event);
  }

  function receive({ run: from, event }: TaggedEvent): void {
    const { type } = event;
    const ofModel = type === 'quality' || type === 'likelihood' || type === 'progress';
    const stale = (type === 'recording' && from < samplesSince) || (ofModel && from < modelSince);
    if (!stale) emit(event);
  }

  function connect(): Connection {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const { port1, port2 } = new MessageChannel();
    const host = wrap<Host>(worker);
    let fail: (error: EngineError) => void = () => {};
    const gone = new Promise<never>((_, reject) => {
      fail = reject;
    });
    gone.catch(() => {}); // whoever waits hears of it; nobody need wait
    port1.onmessage = ({ data }: MessageEvent<TaggedEvent>) => receive(data);
    const stopAsking = watchHeartbeat({
      ping: () => host.ping(),
      onSilence: () => giveUp('it no longer answers'),
    });
    let connected = false;
    function giveUp(why: string): void {
      const error = connected || why ? crashed(why) : notLoaded();
      stopAsking();
      // What has thrown outside of any call is in no known state: better no engine than half of one.
      worker.terminate();
      fail(error);
      emit({ type: 'phase', phase: 'paused', step });
      emit({ type: 'problem', problem: error.problem });
    }
    worker.onerror = ({ message }) => giveUp(message);
    const url = pretrained === null ? null : new URL(pretrained, document.baseURI).href;
    host.connect(transfer(port2, [port2]), url).then(
      () => {
        connected = true;
      },
      (error: Error) => giveUp(error.message),
    );
    return { worker, host, events: port1, gone, fail, sentData: '', stopAsking };
  }

  function close(reason: EngineError): void {
    connection.stopAsking();
    connection.worker.terminate();
    connection.events.close();
    connection.fail(reason);
  }

  async function received<T>(answer: Promise<Answer<T>>): Promise<T> {
    const result = await Promise.race([answer, connection.gone]);
    if (!result.ok) throw new EngineError(result.problem);
    return result.value;
  }

  /** Own points cross to the worker once, not with every change of a slider. */
  function unsent(data: OwnData | null): OwnData | null {
    if (data === null || data.key === connection.sentData) return null;
    connection.sentData = data.key;
    return data;
  }

  /** Begins a new run when `loses` says that something on its way is out of date. */
  function nextRun(loses: 'model' | 'samples'): number {
    run += 1;
    samplesSince = run;
    if (loses === 'model') modelSince = run;
    return run;
  }

  const client: EngineClient = {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(next, remembered = {}) {
      config = next;
      trials = remembered;
      const light = withoutPoints(next);
      return received(connection.host.start(light.config, remembered, unsent(light.data)));
    },
    configure(next) {
      const loses = config ? thrownAway(config, next) : 'nothing';
      config = next;
      const current = loses === 'model' || loses === 'samples' ? nextRun(loses) : run;
      const light = withoutPoints(next);
      return received(connection.host.configure(light.config, current, unsent(light.data)));
    },
    reset: () => received(connection.host.reset(nextRun('model'))),
    watch(requests) {
      watched = requests;
      return received(connection.host.watch(requests));
    },
    train: (budget) => received(connection.host.train(budget)),
    pause: () => received(connection.host.pause()),
    sample: (request) => received(connection.host.sample(request)),
    quality: (request) => received(connection.host.quality(request)),
    score: (request) => received(connection.host.score(request)),
    data: (request) => received(connection.host.data(request)),
    path: (request) => received(connection.host.path(request)),
    memory: () => received(connection.host.memory()),
    async restart() {
      close(closed('The engine was restarted.'));
      run = 0;
      samplesSince = 0;
      modelSince = 0;
      connection = connect();
      if (!config) return;
      await client.start(config, trials);
      await client.watch(watched);
    },
    dispose() {
      close(closed('The engine was closed.'));
      listeners.clear();
    },
  };
  return client;
}

function crashed(message: string): EngineError {
  return new EngineError({
    code: 'internal',
    message: `The engine's worker stopped${message ? `: ${message}` : '.'}`,
    advice: 'Restart it; the weights start afresh.',
  });
}

/** Browsers do not say why; WebKit refuses what a server answers with "304 Not Modified" and no isolation headers. */
function notLoaded(): EngineError {
  const advice = globalThis.crossOriginIsolated
    ? "Reload the page without the browser's cache (Shift and reload)."
    : 'Check the network, and restart it.';
  return new EngineError({ code: 'internal', message: "The engine's worker could not be loaded.", advice });
}

function closed(message: string): EngineError {
  return new EngineError({ code: 'internal', message, advice: 'Start it again.' });
}

function rememberedWith(trials: Trials, { adapter, speeds }: NonNullable<EngineInfo['trial']>): Trials {
  return { ...trials, [adapter]: speeds };
}

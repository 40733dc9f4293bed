import { type Remote, transfer } from 'comlink';
import { withoutPoints } from '../experiment/dataset.ts';
import { invalidated } from '../experiment/fields.ts';
import type { OwnData } from '../experiment/ownData.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Answer, TaggedEvent } from '../protocol/channel.ts';
import { EngineError, interrupted } from '../protocol/errors.ts';
import type { Engine, EngineEvent, EngineInfo, EngineProblem, Trials } from '../protocol/protocol.ts';
import type { StudyKind, StudyRequest, StudyResult } from '../protocol/studies.ts';
import { watchHeartbeat } from './heartbeat.ts';
import type { Host } from './host.ts';
import { earlyPlace, openPlace, type Place } from './places.ts';

/** The engine for the page: calls go to the worker, events come back until `dispose`. */
export interface EngineClient extends Engine {
  /** @returns a function that stops listening */
  on(listener: (event: EngineEvent) => void): () => void;
  /** A fresh worker, from step 0, that watches nothing yet: the way out when one has died, or never started. */
  restart(config: ExperimentConfig): Promise<EngineInfo>;
  /** Ends the worker; calls that wait are refused. */
  dispose(): void;
}

export interface ClientOptions {
  /** Weights shown until the person's own are as good, relative to the page; null for none. */
  readonly pretrained?: string | null;
  /** A place that need not answer yet, and the way to one that does; tests bring their own. */
  readonly early?: () => Place | null;
  readonly open?: (early: Place | null) => Promise<Place>;
}

interface Connection {
  /** Calls the place that answers; one that was begun early is called at once, though it may turn out to be no such place. */
  send<T>(call: (host: Remote<Host>) => Promise<T>): Promise<T>;
  /** Rejects when the worker is gone. */
  readonly gone: Promise<never>;
  /** The key of the data that its worker was sent last. */
  sentData: string;
  close(reason: EngineError): void;
}

export function createEngineClient({
  pretrained = 'pretrained/default.json',
  early: takeEarly = earlyPlace,
  open = openPlace,
}: ClientOptions = {}): EngineClient {
  const listeners = new Set<(event: EngineEvent) => void>();
  let run = 0;
  /** Recordings of runs before these are stale. */
  let samplesSince = 0;
  let modelSince = 0;
  let config: ExperimentConfig | null = null;
  let trials: Trials = {};
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
    const ofModel = OF_MODEL.includes(type);
    const stale = (type === 'recording' && from < samplesSince) || (ofModel && from < modelSince);
    if (!stale) emit(event);
  }

  function connect(): Connection {
    let fail: (error: EngineError) => void = () => {};
    const gone = new Promise<never>((_, reject) => {
      fail = reject;
    });
    gone.catch(() => {}); // whoever waits hears of it; nobody need wait
    const early = takeEarly();
    /** The first that answered. */
    let found: Place | null = null;
    const place = () => found ?? early;
    let closed = false;
    let events = early && connectTo(early);

    /** What is asked of it next comes after this, and need not wait for the answer. */
    function connectTo(opened: Place): MessagePort {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<TaggedEvent>) => receive(data);
      const url = pretrained === null ? null : new URL(pretrained, document.baseURI).href;
      opened.host.connect(transfer(port2, [port2]), url).catch(failed);
      return port1;
    }
    function failed(error: unknown): void {
      giveUp(error instanceof Error ? error.message : String(error));
    }

    const host = open(early).then((opened) => {
      found = opened;
      opened.onCrash(giveUp);
      if (closed) opened.end();
      if (opened !== early) {
        events?.close();
        events = connectTo(opened);
      }
      if (opened.onPage) emit({ type: 'problem', problem: ON_PAGE });
      return opened.host;
    });
    host.catch(failed);
    const stopAsking = watchHeartbeat({
      ping: async () => (await host).ping(),
      onLate: () => emit({ type: 'responding', responding: false }),
      onBack: () => emit({ type: 'responding', responding: true }),
      onSilence: () => giveUp('it no longer answers'),
    });

    function close(reason: EngineError): void {
      closed = true;
      stopAsking();
      // What has thrown outside of any call is in no known state: better no engine than half of one.
      place()?.end();
      events?.close();
      fail(reason);
    }
    function giveUp(why: string): void {
      if (closed) return;
      const error = found ? crashed(why) : notLoaded();
      close(error);
      emit({ type: 'phase', phase: 'failed', step });
      emit({ type: 'problem', problem: error.problem });
    }
    function send<T>(call: (host: Remote<Host>) => Promise<T>): Promise<T> {
      const hurried = early && place() === early ? call(early.host) : null;
      return host.then((answering) => (hurried && answering === early?.host ? hurried : call(answering)));
    }
    return { send, gone, sentData: '', close };
  }

  async function ask<T>(call: (host: Remote<Host>) => Promise<Answer<T>>): Promise<T> {
    const { send, gone } = connection;
    const result = await Promise.race([send(call), gone]);
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
      const data = unsent(light.data);
      return ask((host) => host.start(light.config, remembered, data)).catch((error: unknown) => {
        emit({ type: 'phase', phase: 'failed', step });
        throw error;
      });
    },
    configure(next) {
      const loses = config ? invalidated(config, next) : 'nothing';
      config = next;
      const current = loses === 'model' || loses === 'samples' ? nextRun(loses) : run;
      const light = withoutPoints(next);
      const data = unsent(light.data);
      return ask((host) => host.configure(light.config, current, data));
    },
    reset() {
      const current = nextRun('model');
      return ask((host) => host.reset(current));
    },
    weights: () => ask((host) => host.weights()),
    weightCount(of) {
      const light = withoutPoints(of);
      const data = unsent(light.data);
      return ask((host) => host.weightCount(light.config, data));
    },
    restore(kept) {
      const current = nextRun('model');
      return ask((host) => host.restore(kept, current));
    },
    lend: (models) => ask((host) => host.lend(models)),
    show: (step) => ask((host) => host.show(step)),
    watch: (requests, likelihood) => ask((host) => host.watch(requests, likelihood)),
    train: (budget) => ask((host) => host.train(budget)),
    pause: () => ask((host) => host.pause()),
    sample: (request) => ask((host) => host.sample(request)),
    quality: (request) => ask((host) => host.quality(request)),
    exact: (request) => ask((host) => host.exact(request)),
    score: (request) => ask((host) => host.score(request)),
    data: (request) => ask((host) => host.data(request)),
    path: (request) => ask((host) => host.path(request)),
    study: <K extends StudyKind>(kind: K, request: StudyRequest<K>, id: number) =>
      // Comlink takes the method's type apart, and with it what ties the answer to the kind.
      ask((host) => host.study(kind, request, id) as Promise<Answer<StudyResult<K>>>),
    cancelStudy: (id) => ask((host) => host.cancelStudy(id)),
    memory: () => ask((host) => host.memory()),
    async restart(next) {
      connection.close(interrupted('The engine was restarted.'));
      run = 0;
      samplesSince = 0;
      modelSince = 0;
      step = 0;
      emit({ type: 'phase', phase: 'starting', step });
      connection = connect();
      return client.start(next, trials);
    },
    dispose() {
      connection.close(closed('The engine was closed.'));
      listeners.clear();
    },
  };
  return client;
}

/** What is said of a model, and of no other. */
const OF_MODEL: readonly EngineEvent['type'][] = [
  'quality',
  'stageQuality',
  'snapshots',
  'likelihood',
  'progress',
];

/** Where no worker can be had, the engine shares the page's thread. */
const ON_PAGE: EngineProblem = {
  code: 'no-worker',
  message: 'No worker could be started, so training shares the thread that draws the page.',
  advice:
    'Reload the page to try again. Where it may start none, as in some frames, it only moves less smoothly.',
};

function crashed(message: string): EngineError {
  return new EngineError({
    code: 'engine-lost',
    message: `The engine's worker stopped${message ? `: ${message}` : '.'}`,
    advice: 'Start it again; the weights start afresh.',
  });
}

function notLoaded(): EngineError {
  const cache = globalThis.crossOriginIsolated
    ? " without the browser's cache (Shift and reload)"
    : '; the address keeps your experiment';
  return new EngineError({
    code: 'engine-lost',
    message: 'The engine could not be loaded.',
    advice: `Check the network and start it again, or reload the page${cache}.`,
  });
}

function closed(message: string): EngineError {
  return new EngineError({ code: 'internal', message, advice: 'Start it again.' });
}

function rememberedWith(trials: Trials, { adapter, speeds }: NonNullable<EngineInfo['trial']>): Trials {
  return { ...trials, [adapter]: speeds };
}

import { concernsEngine, invalidated } from '../experiment/fields.ts';
import type { ExperimentConfig, Invalidation } from '../experiment/types.ts';
import type { Engine, EngineEvent, EngineInfo } from '../protocol/protocol.ts';
import { rememberedTrials } from './trials.ts';
import { watchList } from './watchList.ts';

/** The engine as the page sees it: its commands and a stream of its events. */
export type PlaygroundEngine = Engine & {
  /** @returns the unsubscriber */
  on(listener: (event: EngineEvent) => void): () => void;
  /** A fresh engine with this experiment, from step 0, that watches nothing yet. */
  restart(config: ExperimentConfig): Promise<EngineInfo>;
};

interface EngineLinkOptions {
  readonly engine: PlaygroundEngine;
  readonly config: () => ExperimentConfig;
  /** Whether somebody wants to know the likelihood. */
  readonly wantsLikelihood: () => boolean;
  /** Resolves when the next change may be sent: once a frame. */
  readonly frame: () => Promise<void>;
  /** The engine is about to be sent a change that makes this worthless. */
  readonly onLoss: (lost: Invalidation) => void;
  /** The engine has taken the change in. */
  readonly onApplied: (lost: Invalidation) => void;
}

export interface EngineLink {
  /** The first start. */
  readonly started: Promise<EngineInfo>;
  /** Another engine in the place of one that is lost or could not be started. */
  revive(): Promise<void>;
  /** Sends anew what is to be measured. */
  rewatch(): Promise<void>;
  /** Sends the experiment of the moment, at most once a frame; resolves when the engine has taken the latest in. */
  sync(): Promise<void>;
  /** Resolves when nothing is left to send. */
  settled(): Promise<void>;
}

/** Keeps the engine's experiment equal to the page's; changes made within a frame travel together. */
export function createEngineLink({
  engine,
  config,
  wantsLikelihood,
  frame,
  onLoss,
  onApplied,
}: EngineLinkOptions): EngineLink {
  let applied = config();
  let watched = '';
  let syncing: Promise<void> | null = null;

  const watch = async () => {
    const { requests } = watchList(applied);
    const likelihood = wantsLikelihood();
    const text = JSON.stringify({ requests, likelihood });
    if (text === watched) return;
    watched = text;
    await engine.watch(requests, likelihood);
  };
  const start = async () => {
    // What to record is known to it when it is ready, however busy the page is by then.
    const [info] = await Promise.all([engine.start(applied, rememberedTrials()), watch()]);
    return info;
  };
  const sendLatest = async () => {
    const next = config();
    const lost = invalidated(applied, next);
    const concerned = concernsEngine(applied, next);
    applied = next;
    if (!concerned) return;
    onLoss(lost);
    await engine.configure(next);
    await watch();
    onApplied(lost);
  };
  const first = start();
  /** The latest start: what is sent waits for it. */
  let started = first;
  const catchUp = async () => {
    try {
      await started;
      do {
        await frame();
        await sendLatest();
      } while (concernsEngine(applied, config()));
    } finally {
      // In the same turn as the last look at the config, so that no change falls between the two.
      syncing = null;
    }
  };

  return {
    started: first,
    async revive() {
      applied = config();
      watched = '';
      onLoss('model');
      started = engine.restart(applied);
      await started;
      await watch();
    },
    async rewatch() {
      await started;
      await watch();
    },
    sync() {
      syncing ??= catchUp();
      return syncing;
    },
    settled: async () => {
      await (syncing ?? started);
    },
  };
}

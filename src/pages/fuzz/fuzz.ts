import { createRng } from '../../core/rng.ts';
import { defaultConfig } from '../../experiment/fields.ts';
import { normalizeConfig } from '../../experiment/normalize.ts';
import type { Playground } from '../../store/playgroundStore.ts';
import { act, small } from './actions.ts';

export interface FuzzReport {
  readonly seed: number;
  readonly actions: number;
  /** What went wrong, and after which action. */
  readonly problems: readonly string[];
}

declare global {
  interface Window {
    /** Resolves when the fuzzing of `?fuzz=SEED` has ended. */
    diffusionFuzz?: Promise<FuzzReport>;
    /** Goes on with another seed. */
    diffusionFuzzAgain?: (seed: number, total: number) => void;
  }
}

/** After so many actions the experiment is a small one again, or all time would go into large networks. */
const RESET_EVERY = 20;
/** An engine that takes longer to train three steps is stuck. */
const STUCK_MS = 60_000;

/** Begins what `?fuzz=SEED&actions=N` asks for. */
export function fuzzAsAsked(playground: Playground, search: URLSearchParams): void {
  const begin = (seed: number, total: number) => {
    window.diffusionFuzz = startFuzzing(playground, seed, total);
  };
  window.diffusionFuzzAgain = begin;
  begin(Number(search.get('fuzz')) || 1, Number(search.get('actions')) || 1000);
}

/**
 * Uses the page at random, with a seed, as people, links, files and programs do, and watches for errors.
 * @param total actions to take; a button stops it before
 */
function startFuzzing(playground: Playground, seed: number, total: number): Promise<FuzzReport> {
  const api = window.diffusionPlayground;
  const rng = createRng(seed);
  const problems: string[] = [];
  let done = 0;
  let stopped = false;
  let last = '';
  const blame = (what: unknown) => {
    const text = what instanceof Error ? what.message : String(what);
    problems.push(`action ${done}, ${last}: ${text}`);
  };
  const onError = ({ message, error, filename, lineno, colno }: ErrorEvent) =>
    blame(error?.stack ?? `${message} at ${filename}:${lineno}:${colno}`);
  const onRejection = ({ reason }: PromiseRejectionEvent) => blame(reason);
  addEventListener('error', onError);
  addEventListener('unhandledrejection', onRejection);
  const show = monitor(seed, () => {
    stopped = true;
  });
  const calm = () => playground.actions.replace(normalizeConfig(small(defaultConfig)).config);

  async function run(): Promise<FuzzReport> {
    await api.ready;
    for (; done < total && !stopped; done++) {
      if (done % RESET_EVERY === 0) calm();
      try {
        last = await withTimeout(act({ playground, api, rng }));
      } catch (error) {
        blame(error);
      }
      if (document.querySelector('.failed-room')) blame(document.querySelector('.failed-room')?.textContent);
      show(done + 1, problems.length, last);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    last = 'at the end';
    calm();
    try {
      await withTimeout(api.train({ steps: 3 }));
    } catch (error) {
      blame(error);
    }
    show(done, problems.length, stopped ? 'stopped' : 'finished');
    removeEventListener('error', onError);
    removeEventListener('unhandledrejection', onRejection);
    return { seed, actions: done, problems };
  }
  return run();
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no answer for a minute')), STUCK_MS);
    }),
  ]);
}

/** A line over the page that says how it stands, and a button that stops. */
function monitor(seed: number, onStop: () => void): (done: number, problems: number, last: string) => void {
  const box = document.createElement('div');
  box.className = 'fuzz-monitor';
  const text = document.createElement('span');
  const stop = document.createElement('button');
  stop.type = 'button';
  stop.textContent = 'Stop';
  stop.addEventListener('click', onStop);
  box.append(text, stop);
  document.body.append(box);
  return (done, problems, last) => {
    text.textContent = `Fuzzing, seed ${seed}: ${done} actions, ${problems} problems. ${last}`;
  };
}

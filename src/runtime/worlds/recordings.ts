import type { WorldEvent } from '../../protocol/worlds.ts';
import type { WorldModel } from '../../worlds/learner.ts';
import type { CommonSettings } from '../../worlds/world.ts';

/** What is recorded of a model is worth making anew when it has had so many more steps. */
const OUTGROWN = 1.15;
/** While the model learns, a round of recordings takes at most this share of the time. */
const SHARE = 0.25;
/** A person waits no longer for what the model has learned since, milliseconds. */
const LONGEST_WAIT = 1500;

interface Work {
  readonly model: WorldModel;
  readonly settings: CommonSettings;
}

interface Running {
  readonly kind: string;
  readonly learned: boolean;
  readonly atRest: boolean;
  readonly step: number;
  readonly work: Generator<void, unknown>;
}

/** What the stages and charts of a world show, made in rounds: all that depends on the model shows one model. */
export interface WorldRecordings {
  watch(kinds: readonly string[]): void;
  /** Nothing that was recorded holds any more. */
  restart(): void;
  /** Whether a round of what was learned is half-way: training waits, so that it shows one model. */
  isBusy(): boolean;
  /** Whether there is something to make now. */
  isDue(work: Work, training: boolean): boolean;
  /** Works for so many milliseconds on what is due. */
  slice(work: Work, training: boolean, ms: number): void;
}

export function createWorldRecordings(emit: (event: WorldEvent) => void): WorldRecordings {
  let watched: readonly string[] = [];
  /** The step of what was last recorded; absent where there is nothing yet. */
  const made = new Map<string, number>();
  /** Of what was recorded, kinds that are not made anew soon. */
  const madeAtRest = new Set<string>();
  let running: Running | null = null;
  /** The rest of the round under way. */
  let round: string[] = [];
  let learnedLeft = false;
  let roundMs = 0;
  let nextRoundAt = 0;

  function isStale(kind: string, { model }: Work, training: boolean): boolean {
    const maker = model.recordings[kind];
    if (!maker || (training && maker.atRest)) return false;
    const at = made.get(kind);
    if (at === undefined) return true;
    if (!maker.learned || at === model.step) return false;
    return !training || model.step >= OUTGROWN * at + 1;
  }

  const staleIn = (work: Work, training: boolean) => watched.filter((kind) => isStale(kind, work, training));

  function next(work: Work, training: boolean): void {
    if (round.length === 0) {
      const stale = staleIn(work, training);
      const isEmpty = stale.some((kind) => !made.has(kind));
      if (training && !isEmpty && performance.now() < nextRoundAt) return;
      round = learnedFirst(stale, work);
      roundMs = 0;
    }
    const kind = round.shift();
    const maker = kind === undefined ? undefined : work.model.recordings[kind];
    if (kind === undefined || !maker) return;
    const { learned, atRest = false } = maker;
    running = { kind, learned, atRest, step: work.model.step, work: maker.make(work.settings) };
    learnedLeft = round.some((other) => work.model.recordings[other]?.learned);
  }

  function advance(end: number): void {
    while (running && performance.now() < end) {
      const { done, value } = running.work.next();
      if (!done) continue;
      const { kind, step, atRest } = running;
      running = null;
      made.set(kind, step);
      if (atRest) madeAtRest.add(kind);
      emit({ type: 'recording', kind, step, data: value });
    }
  }

  return {
    watch(kinds) {
      watched = kinds;
      for (const kind of made.keys()) if (!kinds.includes(kind)) made.delete(kind);
    },
    restart() {
      for (const kind of madeAtRest) emit({ type: 'recording', kind, step: 0, data: null });
      madeAtRest.clear();
      made.clear();
      running = null;
      round = [];
      learnedLeft = false;
      nextRoundAt = 0;
    },
    isBusy: () => learnedLeft || running?.learned === true,
    isDue: (work, training) => running !== null || round.length > 0 || staleIn(work, training).length > 0,
    slice(work, training, ms) {
      const begun = performance.now();
      try {
        while (performance.now() < begun + ms) {
          if (!running) next(work, training);
          if (!running) break;
          advance(begun + ms);
        }
      } catch (error) {
        // What cannot be made is not tried again until something changes.
        if (running) made.set(running.kind, work.model.step);
        running = null;
        throw error;
      } finally {
        roundMs += performance.now() - begun;
        if (!running && round.length === 0)
          nextRoundAt = performance.now() + Math.min(LONGEST_WAIT, roundMs * (1 / SHARE - 1));
      }
    },
  };
}

/** What follows training goes first, together: the rest is made beside it. */
function learnedFirst(kinds: readonly string[], { model }: Work): string[] {
  const isLearned = (kind: string) => model.recordings[kind]?.learned === true;
  return [...kinds.filter(isLearned), ...kinds.filter((kind) => !isLearned(kind))];
}

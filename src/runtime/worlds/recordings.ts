import type { WorldEvent } from '../../protocol/worlds.ts';
import type { WorldModel } from '../../worlds/learner.ts';
import type { CommonSettings } from '../../worlds/world.ts';

/** A recording is made anew when the model has had this many times the steps. */
const OUTGROWN = 1.15;
/** How recordings and training part the time. */
export interface Pace {
  /** Of the time that recordings of what was learned take at most. */
  readonly share: number;
  /** Nobody waits longer for what the model has learned since, milliseconds. */
  readonly longestWait: number;
  /** Whether what does not depend on the model is held to that share too, and what is still empty waits. */
  readonly holdsExact: boolean;
}
/** A person follows the training: what is still empty comes first. */
export const FOLLOWED: Pace = { share: 0.4, longestWait: 1500, holdsExact: false };
/** A program asked for so many steps or seconds: it wants them before the pictures. */
export const ASKED: Pace = { share: 0.08, longestWait: 5000, holdsExact: true };

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
  /** A program’s training begins: it goes on for so long before a round; one that is half-way is made again then. */
  postpone(ms: number): void;
  /** Whether a round of what was learned is half-way: training waits, so that it shows one model. */
  isBusy(): boolean;
  /** Whether there is something to make now. */
  isDue(work: Work, training: boolean): boolean;
  /** Works for so many milliseconds on what is due. @param pace null where the model rests */
  slice(work: Work, pace: Pace | null, ms: number): void;
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
  /** Whether the round is not whole yet, so that its events wait in `replaced`. */
  let isPartial = false;
  /** Of the round, what will take the place of what the model was before: it is told all at once. */
  let replaced: WorldEvent[] = [];
  /** What the model’s part of the round took so far, milliseconds. */
  let roundMs = 0;
  let nextRoundAt = 0;
  let nextExactAt = 0;

  function isStale(kind: string, { model }: Work, training: boolean): boolean {
    const maker = model.recordings[kind];
    if (!maker || (training && maker.atRest)) return false;
    const at = made.get(kind);
    if (at === undefined) return true;
    if (!maker.learned || at === model.step) return false;
    return !training || model.step >= OUTGROWN * at + 1;
  }

  const staleIn = (work: Work, training: boolean) => watched.filter((kind) => isStale(kind, work, training));

  function next(work: Work, pace: Pace | null): void {
    if (!learnedLeft) {
      const rank = (kind: string) => rankOf(work.model.recordings[kind]);
      const stale = staleIn(work, pace !== null);
      const isEmpty = stale.some((kind) => rank(kind) < EXACT && !made.has(kind));
      const rests = pace !== null && (pace.holdsExact || !isEmpty) && performance.now() < nextRoundAt;
      round = stale
        .filter((kind) => !rests || rank(kind) === EXACT)
        .toSorted((one, other) => rank(one) - rank(other));
      if (!rests) roundMs = 0;
    }
    const kind = round.shift();
    const maker = kind === undefined ? undefined : work.model.recordings[kind];
    if (kind === undefined || !maker) return;
    const { learned, atRest = false } = maker;
    running = { kind, learned, atRest, step: work.model.step, work: maker.make(work.settings) };
    const left = round.map((other) => rankOf(work.model.recordings[other]));
    learnedLeft = left.some((rank) => rank < EXACT);
    isPartial = left.includes(0);
  }

  function tell(): void {
    if (!isPartial) for (const event of replaced.splice(0)) emit(event);
  }

  function advance(end: number): void {
    while (running && performance.now() < end) {
      const { done, value } = running.work.next();
      if (!done) continue;
      const { kind, step, learned, atRest } = running;
      running = null;
      if (atRest) madeAtRest.add(kind);
      const event: WorldEvent = { type: 'recording', kind, step, data: value };
      if (learned && !atRest && made.has(kind)) replaced.push(event);
      else emit(event);
      made.set(kind, step);
      tell();
      return;
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
      replaced = [];
      learnedLeft = false;
      isPartial = false;
      nextRoundAt = 0;
      nextExactAt = 0;
    },
    postpone(ms) {
      nextRoundAt = performance.now() + ms;
      if (!learnedLeft && !running?.learned) return;
      running = null;
      round = [];
      replaced = [];
      learnedLeft = false;
      isPartial = false;
    },
    isBusy: () => learnedLeft || running?.learned === true,
    isDue: (work, training) => running !== null || round.length > 0 || staleIn(work, training).length > 0,
    slice(work, pace, ms) {
      const end = performance.now() + ms;
      const { share, longestWait } = pace ?? FOLLOWED;
      const restOf = (worked: number) => worked * (1 / share - 1);
      try {
        for (let at = performance.now(); at < end; at = performance.now()) {
          if (!running) next(work, pace);
          if (!running) break;
          const wasLearned = running.learned;
          const isHeld = pace?.holdsExact === true && !wasLearned;
          if (isHeld && at < nextExactAt) break;
          advance(end);
          const now = performance.now();
          if (wasLearned) roundMs += now - at;
          if (wasLearned && !running && !learnedLeft)
            nextRoundAt = now + Math.min(longestWait, restOf(roundMs));
          if (isHeld) nextExactAt = now + restOf(now - at);
        }
      } catch (error) {
        // What cannot be made is not tried again until something changes.
        if (running) made.set(running.kind, work.model.step);
        running = null;
        tell();
        throw error;
      }
    },
  };
}

const EXACT = 2;

/** What follows training goes first, together; then what takes long; the rest is made beside it. */
function rankOf(maker: WorldModel['recordings'][string] | undefined): number {
  if (!maker?.learned) return EXACT;
  return maker.atRest ? 1 : 0;
}

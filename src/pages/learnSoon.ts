import { keyOf, type LearnedFrom, learnInPieces } from '../experiment/learnedSchedule.ts';

/** While data change under a slider, the fit waits for them to rest this long, milliseconds. */
const REST_MS = 250;
/** Of the page's time at once, milliseconds: less than half a frame. */
const PIECE_MS = 6;

/** The fit that is waiting or under way: all who want the same share it. */
let job: { readonly key: string; readonly listeners: Set<() => void>; readonly stop: () => void } | null =
  null;

/**
 * Fits the learned schedule to some data once they have rested, in pieces too short to be felt.
 * @param done called once when `learnedScheduleOf` has it at hand
 * @returns how to lose interest; a fit that nobody waits for stops
 */
export function learnSoon(data: LearnedFrom, done: () => void): () => void {
  const key = keyOf(data);
  if (job?.key !== key) {
    job?.stop();
    job = begin(data, key);
  }
  const mine = job;
  mine.listeners.add(done);
  return () => {
    mine.listeners.delete(done);
    if (mine.listeners.size > 0) return;
    mine.stop();
    if (job === mine) job = null;
  };
}

function begin(data: LearnedFrom, key: string) {
  const listeners = new Set<() => void>();
  const work = learnInPieces(data);
  const piece = () => {
    const end = performance.now() + PIECE_MS;
    while (performance.now() < end) {
      if (!work.next().done) continue;
      for (const listener of [...listeners]) listener();
      return;
    }
    timer = setTimeout(piece, 0);
  };
  let timer = setTimeout(piece, REST_MS);
  return { key, listeners, stop: () => clearTimeout(timer) };
}

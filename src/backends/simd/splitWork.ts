import { CHUNK_ROWS } from './chunks.ts';
import type { Ways } from './fasterWay.ts';
import type { Heap } from './heap.ts';
import { Holding, type Machine } from './machine.ts';
import type { Helper } from './secondThread.ts';
import type { Work } from './work.ts';

/** Fewer rows are not worth another thread's waking. */
export const SPLIT_FROM = 2 * CHUNK_ROWS;
/** Rows of the kernel's largest tile. */
const TILE_ROWS = 6;

/** Rows of the first of two halves: whole tiles. */
export const firstHalf = (rows: number): number => TILE_ROWS * Math.ceil(rows / 2 / TILE_ROWS);

/** A machine that may have a second thread. */
export interface SharedMachine extends Machine {
  readonly helper?: Helper;
  /** When the helper trains too: always, unless this says otherwise; null for never. */
  readonly training?: Ways | null;
}

/** What the second thread works on; null where there is none. */
export interface HelperMemory {
  readonly holding: Holding;
  releaseAll(): void;
}

export function helperMemory(heap: Heap, helper: Helper | undefined): HelperMemory | null {
  if (!helper) return null;
  const holding = new Holding(heap);
  return {
    holding,
    // A thread that was given up may still write to what is its own, so nobody else ever gets it.
    releaseAll() {
      if (!helper.lost) holding.releaseAll();
    },
  };
}

/**
 * Work of one's own, with another's beside it where there is a thread that has the time.
 * @returns what both came to, null where the other's was not done
 */
export function withHelper<T>(
  helper: Helper | undefined,
  theirs: Work | null,
  own: () => T,
): { readonly own: T; readonly theirs: number | null } {
  if (!helper || !theirs) return { own: own(), theirs: null };
  helper.offer(theirs);
  const begun = performance.now();
  const result = own();
  return { own: result, theirs: helper.collect(performance.now() - begun) };
}

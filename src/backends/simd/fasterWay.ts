/** Two ways to the same result, of which one is taken at a time. */
export interface Ways {
  /** Whether the next time two threads do it. */
  together(): boolean;
  /** How long that took, for each of the things that were done. */
  took(ms: number): void;
}

/** Times in a row: a thread that has slept is slow at first. */
const RUN = 8;
/** One run of so many is by the way that seemed slower: what else the cores have to do changes. */
const PERIOD = 16;
/** Share of the latest run in what is known of a way. */
const LATEST = 0.3;

/** Takes the way that has lately been faster, and looks after the other now and then. */
export function fasterWay(): Ways {
  const known = { together: Number.NaN, alone: Number.NaN };
  let way: keyof typeof known = 'together';
  let times = 0;
  let runs = 0;
  let total = 0;

  function endRun(): void {
    const mean = total / (RUN - 1);
    known[way] = Number.isNaN(known[way]) ? mean : known[way] + LATEST * (mean - known[way]);
    runs += 1;
    const better = known.together <= known.alone ? 'together' : 'alone';
    const other = better === 'together' ? 'alone' : 'together';
    const unknown = Number.isNaN(known.alone);
    way = unknown ? 'alone' : runs % PERIOD === 0 ? other : better;
    times = 0;
    total = 0;
  }

  return {
    together: () => way === 'together',
    took(ms) {
      if (times > 0) total += ms;
      times += 1;
      if (times === RUN) endRun();
    },
  };
}

/** For where it is settled. */
export const alwaysTogether: Ways = { together: () => true, took() {} };

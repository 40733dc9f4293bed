/** Share of the time that previews may take while a stage has nothing to show yet, */
const FIRST_SHARE = 0.85;
/** while a person follows the training, which then wants to be seen more than to be done, */
const FOLLOWED_SHARE = 0.35;
/** in the first seconds of training, when no look at the samples is like the one before, */
const YOUNG_SHARE = 0.25;
const YOUNG_MS = 3000;
/** and later. */
const GROWN_SHARE = 0.08;
/** Most milliseconds that can be saved up. */
const MOST_SAVED_MS = 100;
/** Longest run of preview work between looks at the message queue. */
export const PREVIEW_SLICE_MS = 20;
/** The same while a stage has nothing to show. */
const FIRST_SLICE_MS = 100;

/** Keeps the time that previews take in proportion to that of training. */
export interface TimeBudget {
  restart(): void;
  /** Training took `ms`. @param followed whether at a pace for a person to follow */
  earn(ms: number, followed: boolean): void;
  /**
   * Does preview steps as long as there is time for them.
   * @param step one step; false when there is nothing to do
   * @param waiting whether a stage is still empty
   * @returns milliseconds spent; 0 when nothing was done
   */
  spend(step: () => Promise<boolean>, training: boolean, waiting: boolean): Promise<number>;
}

/** Milliseconds of previews for each of training. */
const odds = (share: number) => share / (1 - share);

export function createTimeBudget(): TimeBudget {
  /** Milliseconds earned and not yet spent; negative after a step that took longer than that. */
  let saved = 0;
  /** Milliseconds of training since the start. */
  let trained = 0;
  let isFollowed = false;
  const share = () => (isFollowed ? FOLLOWED_SHARE : trained < YOUNG_MS ? YOUNG_SHARE : GROWN_SHARE);
  return {
    restart() {
      saved = 0;
      trained = 0;
    },
    earn(ms, followed) {
      isFollowed = followed;
      trained += ms;
      saved = Math.min(MOST_SAVED_MS, saved + ms * odds(share()));
    },
    async spend(step, training, waiting) {
      const rate = waiting ? odds(FIRST_SHARE) / odds(share()) : 1;
      const begun = performance.now();
      const longest = waiting ? FIRST_SLICE_MS : PREVIEW_SLICE_MS;
      const limit = training ? Math.min(longest, saved * rate) : PREVIEW_SLICE_MS;
      let worked = false;
      while (performance.now() - begun < limit && (await step())) worked = true;
      const spent = worked ? performance.now() - begun : 0;
      if (training) saved -= spent / rate;
      return spent;
    },
  };
}

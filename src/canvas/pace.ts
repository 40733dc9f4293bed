/** How playback moves through time: t as a rising function of progress, both in [0,1], and back. */
export interface Pace {
  timeAt(progress: number): number;
  progressAt(time: number): number;
}

/** Log-SNR between which a picture is seen to change: nothing but noise below, noise too fine to be seen above. */
const LEAST = -4;
const MOST = 7;
/** Share of the progress that is even in t, so that it moves where nothing falls. */
const EVEN_SHARE = 0.15;
const NODES = 512;

/** Evenly in t. */
export const evenPace: Pace = { timeAt: (progress) => progress, progressAt: (time) => time };

/**
 * A pace at which the picture changes evenly: mostly by log-SNR, as far as its change can be seen.
 * @param logSnr of t in [0,1], falling, natural logarithm of α²/σ²; may be infinite at the ends
 */
export const paceOf = (logSnr: (time: number) => number): Pace =>
  paceBy((time) => Math.min(MOST, Math.max(LEAST, logSnr(time))));

/** A pace at which what is seen falls evenly, for the most part. @param seen of t in [0,1], falling, finite */
export function paceBy(seen: (time: number) => number): Pace {
  const span = seen(0) - seen(1);
  if (!(span > 0)) return evenPace;
  const table = Float64Array.from({ length: NODES + 1 }, (_, k) => {
    const time = k / NODES;
    return EVEN_SHARE * time + (1 - EVEN_SHARE) * ((seen(0) - seen(time)) / span);
  });
  return {
    progressAt(time) {
      const place = Math.min(1, Math.max(0, time)) * NODES;
      const k = Math.min(NODES - 1, Math.floor(place));
      return table[k]! + (place - k) * (table[k + 1]! - table[k]!);
    },
    timeAt(progress) {
      let low = 0;
      let high = NODES;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (table[middle]! <= progress) low = middle;
        else high = middle;
      }
      const width = table[high]! - table[low]!;
      const within = width > 0 ? (progress - table[low]!) / width : 0;
      return Math.min(1, Math.max(0, (low + within) / NODES));
    },
  };
}

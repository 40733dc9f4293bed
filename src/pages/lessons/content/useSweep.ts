import { useClock } from '../../clockContext.ts';
import { prefersStillness } from '../motion.ts';

const SECONDS = 5;

/** Moves the page's time from one to another; a person who wants no motion is shown where it ends. @returns how to stop */
export function useSweep(): (times: readonly [from: number, to: number]) => () => void {
  const clock = useClock();
  return ([from, to]) => {
    clock.pause();
    if (prefersStillness()) {
      clock.seek(to);
      return () => undefined;
    }
    let frame = 0;
    let begun: number | null = null;
    /** Where it was last put; elsewhere, the person has taken over. */
    let put = from;
    clock.seek(from);
    const go = (now: number) => {
      begun ??= now;
      const share = Math.min(1, (now - begun) / (1000 * SECONDS));
      if (clock.playing || Math.abs(clock.time - put) > 1e-9) return;
      // Quick in the noise, where little is to be seen, and slow near the data.
      const eased = to < from ? 1 - (1 - share) ** 2 : share ** 2;
      put = from + (to - from) * eased;
      clock.seek(put);
      if (share < 1) frame = requestAnimationFrame(go);
    };
    frame = requestAnimationFrame(go);
    return () => cancelAnimationFrame(frame);
  };
}

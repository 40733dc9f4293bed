import { useField } from '../store/react.ts';
import { useShortcut } from '../ui/useShortcut.ts';
import { chainTimes } from './chainTimes.ts';
import { useClock } from './clockContext.ts';

/** Space plays, arrows step, Home goes to the data and End to the noise: the ends of the scrubber. @param steps T, where it is not that of Points */
export function usePlaybackKeys(steps?: number): void {
  const clock = useClock();
  const nChain = useField('nChain');
  const times = chainTimes(steps ?? nChain);
  useShortcut((action) => {
    switch (action) {
      case 'toggle':
        return clock.toggle();
      case 'step-left':
        return clock.step(-1, times);
      case 'step-right':
        return clock.step(1, times);
      case 'jump-to-start':
        clock.pause();
        return clock.seek(0);
      case 'jump-to-end':
        clock.pause();
        return clock.seek(1);
    }
  });
}

import { createContext, useContext } from 'react';
import type { Clock } from '../canvas/clock.ts';

/** The one time axis that all stages, the scrubber and the schedule chart share. */
export const ClockContext = createContext<Clock | null>(null);

export function useClock(): Clock {
  const clock = useContext(ClockContext);
  if (clock === null) throw new Error('This component needs a ClockContext around it.');
  return clock;
}

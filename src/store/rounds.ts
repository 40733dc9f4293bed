import type { EngineEvent } from '../protocol/protocol.ts';

export type RecordingEvent = Extract<EngineEvent, { type: 'recording' }>;

/** Gathers recordings that are to be shown together: stages must never show two models at once. */
export interface Rounds {
  /** @returns what is to be shown now, all at once; null while others are to come */
  take(event: RecordingEvent): readonly RecordingEvent[] | null;
  /** Forgets what has come of a round that will not be ended. */
  drop(): void;
}

export function createRounds(): Rounds {
  let gathered: RecordingEvent[] = [];
  return {
    take(event) {
      gathered.push(event);
      if (event.more) return null;
      const whole = gathered;
      gathered = [];
      return whole;
    },
    drop() {
      gathered = [];
    },
  };
}

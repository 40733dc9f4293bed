import type { Job, Measurement } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import type { RecordingRequest } from '../views/index.ts';
import { type WatchedContext, watchedRecordings } from './watchedRecordings.ts';

/** Milliseconds that the likelihood may take for each of whatever else is due. */
const LIKELIHOOD_ODDS = 1 / 3;
/** Milliseconds that numbers may take for each of new pictures, while the model learns; and the most that are saved up. */
const NUMBERS_ODDS = 1 / 4;
const MOST_EARNED = 100;

/** Keeps recordings and measurements fresh, a step at a time. */
export interface Previews {
  /** @param likelihood whether somebody wants to know that too */
  watch(requests: readonly RecordingRequest[], likelihood?: boolean): void;
  /** Whether the person waits: a stage is still empty, or does not show the snapshot that was chosen. */
  readonly awaited: boolean;
  /** Whether nobody waits for what was done last: no stage shows it, and it only makes surer what has been told. */
  readonly leisurely: boolean;
  /** Does one step of the most wanted job. @returns false when everything is fresh */
  step(): Promise<boolean>;
  /** Other runs are there than before: what was recorded of those is made anew. */
  forgetGuests(): void;
  /** Drops what runs; `everything` also makes all recordings stale. */
  cancel(everything: boolean): Promise<void>;
  /** Drops what runs and frees what is held. */
  dispose(): Promise<void>;
}

/** A job under way. */
interface Current {
  /** Whose first recording it is; null for a round or a measurement. */
  readonly key: string | null;
  /** The snapshot that it is made for; undefined where that does not matter, null where it is of the moment. */
  readonly chosen?: number | null;
  readonly steps: Job;
  readonly leisurely: boolean;
  /** Time spent on it so far. */
  ms: number;
}

/** What could be done next, and how long ago it was last. */
interface Candidate {
  readonly at: number;
  readonly ms: number;
}

/** Recordings that take long wait longer, by the square root of their time. */
const urgency = ({ at, ms }: Candidate, now: number) => (now - at) / Math.sqrt(Math.max(1, ms));

/** Pictures that are missing come first, then what the model has outgrown and numbers in turn, and last what only makes numbers surer. */
export function createPreviews(context: WatchedContext): Previews {
  const { config, models, training, followed } = context;
  const measurements = familyOf(config()).measurements(context);
  const recordings = watchedRecordings(context, measurements);
  /** The first recording of a stage. */
  let first: Current | null = null;
  let round: Current | null = null;
  let measurement: Current | null = null;
  /** The measurement of the likelihood: it takes long and nobody waits for it, so it is worked on in between. */
  let aside: Current | null = null;
  let isLikelihoodWanted = false;
  /** Milliseconds that it may take before it is another's turn. */
  let asideEarned = 0;
  /** Milliseconds that numbers may take before it is a round's turn. */
  let numbersEarned = MOST_EARNED;
  /** Whether nobody waits for the rest, but for the likelihood. */
  let leisurely = false;

  const isChosen = () => models.snapshots.chosen !== null;
  /** Whether the person waits for a picture. */
  const isAwaited = () => recordings.isEmpty() || (isChosen() && recordings.isStale());

  const begin = (steps: Job, rest: Partial<Current> = {}): Current => ({
    ...{ key: null, leisurely: false, ms: 0, steps },
    ...rest,
  });

  function beginFirst(): Current | null {
    const next = recordings.first();
    return next && begin(next.job, { key: next.key });
  }

  function beginRound(): Current {
    const current: Current = begin(
      recordings.round(() => current.ms),
      { chosen: models.snapshots.chosen },
    );
    return current;
  }

  function beginMeasurement({ start, leisurely }: Measurement): Current {
    const current: Current = begin(
      start(() => current.ms),
      { leisurely },
    );
    return current;
  }

  /** Begins a round or a measurement, whichever is its turn, where neither is under way. */
  function beginNext(): void {
    const stale = recordings.isStale();
    const isNumbersTurn = training() && !isChosen() && numbersEarned > 0;
    if (stale && !isNumbersTurn) {
      round = beginRound();
      return;
    }
    const now = performance.now();
    const candidates = [...measurements.distances(), ...recordings.rehearsals()];
    const [most] = candidates.sort(
      (a, b) => Number(a.leisurely) - Number(b.leisurely) || urgency(b, now) - urgency(a, now),
    );
    if (most) measurement = beginMeasurement(most);
    else if (stale) round = beginRound();
  }

  async function dropOutdated(): Promise<void> {
    if (first?.key && !recordings.isEmpty(first.key)) first = await dropped(first);
    if (round && round.chosen !== models.snapshots.chosen) round = await dropped(round);
  }

  async function dropped(current: Current | null): Promise<null> {
    await current?.steps.return();
    return null;
  }

  /** @returns the job after one step of it, null when that was its last; and what the step took */
  async function advanced(current: Current): Promise<[Current | null, number]> {
    const begun = performance.now();
    const { done } = await current.steps.next();
    const ms = performance.now() - begun;
    current.ms += ms;
    return [done ? null : current, ms];
  }

  /** One step of what is most wanted, but for the likelihood. @returns what it took; null where there was nothing */
  async function advanceMain(): Promise<number | null> {
    let ms: number;
    if (recordings.isEmpty()) {
      leisurely = false;
      first ??= beginFirst();
      [first, ms] = await advanced(first!);
      return ms;
    }
    // A person who waits for a snapshot does not wait for a measurement.
    if (!round && isChosen() && recordings.isStale()) round = beginRound();
    if (!round && !measurement) beginNext();
    if (round) {
      leisurely = false;
      [round, ms] = await advanced(round);
      numbersEarned = Math.min(MOST_EARNED, numbersEarned + NUMBERS_ODDS * ms);
    } else if (measurement) {
      leisurely = measurement.leisurely;
      [measurement, ms] = await advanced(measurement);
      numbersEarned = recordings.isStale() ? numbersEarned - ms : 0;
    } else {
      leisurely = true;
      return null;
    }
    return ms;
  }

  function nextAside(): Current | null {
    const likelihood = isLikelihoodWanted && !followed() ? measurements.likelihood() : null;
    return likelihood && beginMeasurement(likelihood);
  }

  async function cancel(): Promise<void> {
    first = await dropped(first);
    round = await dropped(round);
    measurement = await dropped(measurement);
    aside = await dropped(aside);
  }

  return {
    get awaited() {
      return isAwaited();
    },
    get leisurely() {
      const waits = isLikelihoodWanted && aside?.leisurely === false;
      return leisurely && !waits && !isAwaited() && !recordings.isStale();
    },
    watch(requests, likelihood = false) {
      isLikelihoodWanted = likelihood;
      recordings.watch(requests);
    },
    async step() {
      await dropOutdated();
      if (!isAwaited()) aside ??= nextAside();
      // Half a round waits until it is wanted again: those before it would be worth nothing without it.
      const wanted = isLikelihoodWanted ? aside : null;
      if (wanted && !isAwaited() && asideEarned > 0) {
        const [rest, ms] = await advanced(wanted);
        aside = rest;
        asideEarned -= ms;
        return true;
      }
      const spent = await advanceMain();
      if (spent !== null) {
        if (wanted) asideEarned += LIKELIHOOD_ODDS * spent;
        return true;
      }
      asideEarned = 0;
      if (!wanted) return false;
      [aside] = await advanced(wanted);
      return true;
    },
    forgetGuests: recordings.forgetGuests,
    async cancel(everything) {
      await cancel();
      if (everything) recordings.forgetAll();
    },
    async dispose() {
      await cancel();
      recordings.dispose();
    },
  };
}

import type { Experiment, Job, Measurement, MeasurementContext } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import type { Recording } from '../protocol/protocol.ts';
import type { RecordingRequest } from '../views/index.ts';
import { recorderOf } from '../views/recorders.ts';
import { recordingKey } from '../views/types.ts';

const GROWING_EVERY_MS = 200;
/** Milliseconds that the likelihood may take for each of whatever else is due. */
const LIKELIHOOD_ODDS = 1 / 3;

interface Wanted {
  readonly key: string;
  readonly request: RecordingRequest;
  /** The last finished recording: its model, when it was finished and what it cost; null before the first. */
  made: { source: string; step: number; at: number; ms: number } | null;
}

/** Keeps recordings and measurements fresh, a step at a time. */
export interface Previews {
  watch(requests: readonly RecordingRequest[]): void;
  /** Whether a stage is still empty: the person waits for it. */
  readonly waitingForFirst: boolean;
  /** Does one step of the most wanted job. @returns false when everything is fresh */
  step(): Promise<boolean>;
  /** Drops the running job; `everything` also makes all recordings stale. */
  cancel(everything: boolean): Promise<void>;
}

/** `key` is null for a measurement. */
interface Current {
  readonly key: string | null;
  readonly steps: Job;
  /** Time spent on it so far. */
  ms: number;
}

/** What could be done next, and how long ago it was last. */
interface Candidate {
  readonly at: number;
  readonly ms: number;
  start(): Current;
}

/** Dear ones wait longer, but not as much longer as they are dearer. */
const urgency = ({ at, ms }: Candidate, now: number) => (now - at) / Math.sqrt(Math.max(1, ms));

export function createPreviews(context: MeasurementContext<Experiment>): Previews {
  const { config, models, emit } = context;
  const measurements = familyOf(config()).measurements(context);
  let wanted: Wanted[] = [];
  let job: Current | null = null;
  /** The measurement of the likelihood: it takes long and nobody waits for it, so it is worked on in between. */
  let aside: Current | null = null;
  /** Milliseconds that it may take before it is the job's turn. */
  let asideEarned = 0;

  const costOf = ({ request }: Wanted) => recorderOf(request).cost(request, config().nChain);

  function nextJob(): Current | null {
    const empty = wanted.filter(({ made }) => made === null);
    const first = empty.sort((a, b) => costOf(a) - costOf(b))[0];
    if (first) return recordingJob(first);
    const candidates: Candidate[] = wanted
      .filter(isStale)
      .map((item) => ({ ...item.made!, start: () => recordingJob(item) }));
    for (const distance of measurements.distances()) {
      candidates.push({ ...distance, start: () => measurementJob(distance) });
    }
    const now = performance.now();
    return candidates.sort((a, b) => urgency(b, now) - urgency(a, now))[0]?.start() ?? null;
  }

  /** A recording that nobody wants any more is not, nor a measurement while a stage is empty. */
  function isWorthwhile({ key }: Current): boolean {
    if (key === null) return wanted.every(({ made }) => made !== null);
    return wanted.some((item) => item.key === key);
  }

  function isStale({ request, made }: Wanted): boolean {
    if (!made || !recorderOf(request).dependsOnModel(request)) return made === null;
    const { source, step } = models.shown();
    return made.source !== source || made.step !== step;
  }

  function recordingJob(item: Wanted): Current {
    const { model, release } = models.acquire('shown');
    const context = { model, experiment: models.experiment, config: config() };
    const run = async function* (): Job {
      let shownAt = performance.now();
      let latest: (() => Recording) | null = null;
      try {
        for await (const soFar of recorderOf(item.request).record(item.request, context)) {
          if (!item.made && latest && performance.now() - shownAt > GROWING_EVERY_MS) {
            emit({ type: 'recording', recording: latest() });
            shownAt = performance.now();
          }
          latest = soFar ?? latest;
          yield;
        }
        if (latest) emit({ type: 'recording', recording: latest() });
        item.made = { source: model.source, step: model.step, at: performance.now(), ms: current.ms };
      } finally {
        release();
      }
    };
    const current: Current = { key: item.key, steps: run(), ms: 0 };
    return current;
  }

  function measurementJob({ start }: Measurement): Current {
    const current: Current = { key: null, steps: start(() => current.ms), ms: 0 };
    return current;
  }

  async function drop(): Promise<void> {
    const dropped = job;
    job = null;
    await dropped?.steps.return();
  }

  async function dropAside(): Promise<void> {
    const dropped = aside;
    aside = null;
    await dropped?.steps.return();
  }

  const waitingForFirst = () => wanted.some(({ made }) => made === null);

  function nextAside(): Current | null {
    const likelihood = measurements.likelihood();
    return likelihood && measurementJob(likelihood);
  }

  /** @returns the job after one step of it, null when that was its last; and what the step took */
  async function advanced(current: Current): Promise<[Current | null, number]> {
    const begun = performance.now();
    const { done } = await current.steps.next();
    const ms = performance.now() - begun;
    current.ms += ms;
    return [done ? null : current, ms];
  }

  return {
    get waitingForFirst() {
      return waitingForFirst();
    },
    watch(requests) {
      const known = new Map(wanted.map((item) => [item.key, item]));
      const keys = requests.map((request) => ({ key: recordingKey(request), request }));
      const distinct = new Map(keys.map((item) => [item.key, item]));
      wanted = [...distinct.values()].map(
        ({ key, request }) => known.get(key) ?? { key, request, made: null },
      );
    },
    async step() {
      if (job && !isWorthwhile(job)) await drop();
      job ??= nextJob();
      if (!waitingForFirst()) aside ??= nextAside();
      let ms: number;
      if (aside && !waitingForFirst() && (!job || asideEarned > 0)) {
        [aside, ms] = await advanced(aside);
        asideEarned = job ? asideEarned - ms : 0;
        return true;
      }
      if (!job) return false;
      [job, ms] = await advanced(job);
      if (aside) asideEarned += LIKELIHOOD_ODDS * ms;
      return true;
    },
    async cancel(everything) {
      await drop();
      await dropAside();
      if (!everything) return;
      wanted = wanted.map((item) => ({ ...item, made: null }));
    },
  };
}

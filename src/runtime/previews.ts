import type { Model } from '../backends/model.ts';
import type { Experiment, Job, Measurement, MeasurementContext } from '../families/family.ts';
import { familyOf } from '../families/index.ts';
import type { Recording } from '../protocol/protocol.ts';
import type { RecordingRequest } from '../views/index.ts';
import { recorderOf } from '../views/recorders.ts';
import { runNameOf } from '../views/runRequest.ts';
import { recordingKey } from '../views/types.ts';
import type { ActiveModels } from './activeModels.ts';
import type { Guest } from './guests.ts';
import { createRecordingCache, type Made } from './recordingCache.ts';

const GROWING_EVERY_MS = 200;
/** Milliseconds that the likelihood may take for each of whatever else is due. */
const LIKELIHOOD_ODDS = 1 / 3;
/** Milliseconds that numbers may take for each of new pictures, while the model learns; and the most that are saved up. */
const NUMBERS_ODDS = 1 / 4;
const MOST_EARNED = 100;
/** Milliseconds that a round may take while a person follows the training; it is a draft where it would take longer. */
const FOLLOWED_MS = 180;
/** Evaluations on all particles that are too many for a whole round while the model learns. */
const HEAVY = 400;
/** The part of the particles that a draft has, unless they are few already. */
const FEWER = 1 / 2;
const FEWEST_PARTICLES = 200;

interface Wanted {
  readonly key: string;
  readonly request: RecordingRequest;
  /** Where the last finished recording came from; null before the first. */
  made: {
    readonly source: Recording['source'];
    readonly modelStep: number;
    readonly isDraft: boolean;
  } | null;
}

/** Keeps recordings and measurements fresh, a step at a time. */
export interface Previews {
  watch(requests: readonly RecordingRequest[]): void;
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

/** A model to draw with for as long as it is held. */
interface Held {
  readonly model: Model;
  release(): void;
}

/** A job under way. */
interface Current {
  /** What is recorded; null where more than one thing is, or a measurement. */
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

/** Dear ones wait longer, but not as much longer as they are dearer. */
const urgency = ({ at, ms }: Candidate, now: number) => (now - at) / Math.sqrt(Math.max(1, ms));

interface PreviewsContext extends MeasurementContext<Experiment> {
  readonly models: ActiveModels;
  /** Whether a person follows the training, so that pictures come before numbers. */
  readonly followed: () => boolean;
  /** A kept run that stages show; null where there is none of this name, or none at all where left out. */
  readonly guest?: (name: string) => Guest | null;
}

/**
 * All stages show one model at any time. The first pictures of stages are drawn from the weights that the others show; newer
 * weights come in rounds: every recording that depends on the model is made anew from the same frozen weights, and all are sent
 * at once.
 */
export function createPreviews(context: PreviewsContext): Previews {
  const { config, models, emit, training, followed, guest = () => null } = context;
  const measurements = familyOf(config()).measurements(context);
  const cache = createRecordingCache();
  let wanted: Wanted[] = [];
  /** The weights that the stages show. */
  let stand: Held | null = null;
  /** The first recording of a stage. */
  let first: Current | null = null;
  let round: Current | null = null;
  let measurement: Current | null = null;
  /** The measurement of the likelihood: it takes long and nobody waits for it, so it is worked on in between. */
  let aside: Current | null = null;
  /** Milliseconds that it may take before it is another's turn. */
  let asideEarned = 0;
  /** Milliseconds that numbers may take before it is a round's turn. */
  let numbersEarned = MOST_EARNED;
  /** Whether rounds have been too slow to be followed: drafts and whole ones in turn would flicker. */
  let isSlow = false;
  /** Whether nobody waits for the rest, but for the likelihood. */
  let leisurely = false;
  /** When a recording was last made that nobody had asked for yet, and what it took. */
  const rehearsed = { at: 0, ms: 0 };

  const costOf = ({ request }: Wanted) => recorderOf(request).cost(request, config().nChain);
  /** A run is another model, which learns nothing more. */
  const isModelled = ({ request }: Wanted) =>
    runNameOf(request) === null && recorderOf(request).dependsOnModel(request);
  const guestOf = (request: RecordingRequest) => {
    const name = runNameOf(request);
    return name === null ? null : guest(name);
  };
  const isEmpty = () => wanted.some(({ made }) => made === null);

  /** Whether the stages show other weights than they should, or drafts. */
  function isStale(): boolean {
    const { source, step } = models.viewed();
    const whole = !draftsDo();
    return wanted.some((item) => {
      const { made } = item;
      if (!made || !isModelled(item)) return false;
      return made.source !== source || made.modelStep !== step || (made.isDraft && whole);
    });
  }

  /** Whether drafts will do for now: while the model learns, where whole recordings would take too long. */
  const draftsDo = () => !isChosen() && ((isHeavy() && training()) || (isSlow && followed()));
  const isHeavy = () => wanted.filter(isModelled).reduce((sum, item) => sum + costOf(item), 0) > HEAVY;

  function particlesOf(isDraft: boolean): number {
    const { nParticles } = config();
    if (!isDraft) return nParticles;
    return Math.min(nParticles, Math.max(FEWEST_PARTICLES, Math.round(FEWER * nParticles)));
  }

  /** Whether the person waits for a picture. */
  const isAwaited = () => isEmpty() || (isChosen() && isStale());
  const isChosen = () => models.snapshots.chosen !== null;

  // ---- recordings

  /** A recording in steps. @param grown hears of it as far as it has come */
  async function* record(
    { request, key }: Wanted,
    model: Model,
    isDraft: boolean,
    grown: (soFar: () => Recording) => void,
  ): AsyncGenerator<void, Made, void> {
    const mayComeBack = !training() || models.snapshots.steps.includes(model.step);
    const isKept = !isDraft && model.source === 'own' && mayComeBack && runNameOf(request) === null;
    const cached = isKept ? cache.get(model.step, key) : null;
    if (cached) return cached;
    const nParticles = particlesOf(isDraft);
    const { seed } = config();
    const own = { experiment: models.experiment, config: config(), model };
    const whose = guestOf(request) ?? own;
    const of = { ...whose, config: { ...whose.config, seed, nParticles }, isDraft };
    let latest: (() => Recording) | null = null as (() => Recording) | null;
    for await (const soFar of recorderOf(request).record(request, of)) {
      if (soFar) grown(soFar);
      latest = soFar ?? latest;
      yield;
    }
    const recording = latest!();
    const made = { recording, quality: measurements.look(request, recording) };
    if (isKept) cache.put(model.step, made);
    return made;
  }

  /** What could not be measured when it was made may be now. */
  function measured({ request }: Wanted, { recording, quality }: Made): Made {
    return { recording, quality: quality ?? measurements.look(request, recording) };
  }

  /** The weights that other stages show already, or those of the moment. */
  function standing(): Model {
    const isShown = wanted.some((item) => item.made && isModelled(item));
    if (!stand || !isShown) standOn(models.acquire('viewed'));
    return stand!.model;
  }

  function standOn(next: Held | null): void {
    stand?.release();
    stand = next;
  }

  /** Tells of what is made, which is shown at once. */
  function send(items: readonly (readonly [Wanted, Made])[], isDraft: boolean): void {
    for (const [i, [item, { recording, quality }]] of items.entries()) {
      const { source, modelStep } = recording;
      item.made = { source, modelStep, isDraft };
      emit({ type: 'recording', recording, quality, more: i < items.length - 1 });
    }
    measurements.follow(
      wanted.flatMap(({ request, made }) =>
        made ? [{ request, source: made.source, step: made.modelStep }] : [],
      ),
    );
  }

  async function* firstRecording(item: Wanted): Job {
    let shownAt = performance.now();
    const isDraft = isModelled(item) && isHeavy();
    const made = yield* record(item, standing(), isDraft, (soFar) => {
      if (performance.now() - shownAt <= GROWING_EVERY_MS) return;
      emit({ type: 'recording', recording: soFar() });
      shownAt = performance.now();
    });
    send([[item, made]], isDraft);
  }

  /** Every stage that shows something of the model, from the same weights; one that begins to meanwhile comes along. */
  async function* nextRound(): Job {
    const held = models.acquire('viewed');
    const isDraft = draftsDo();
    let isShown = false;
    try {
      const made = new Map<Wanted, Made>();
      const left = () => wanted.find((item) => item.made && isModelled(item) && !made.has(item));
      for (let item = left(); item; item = left()) {
        made.set(item, yield* record(item, held.model, isDraft, () => {}));
      }
      standOn(held);
      isShown = true;
      const items = [...made].filter(([item]) => wanted.includes(item));
      send(
        items.map(([item, one]) => [item, measured(item, one)] as const),
        isDraft,
      );
    } finally {
      if (!isShown) held.release();
    }
    isSlow = followed() && (isSlow || (round?.ms ?? 0) > FOLLOWED_MS);
  }

  /** Recordings of snapshots that the person has not asked for yet, so that going through them is quick. */
  function rehearsals(): Measurement[] {
    if (training() || !cache.hasRoom) return [];
    for (const step of models.snapshots.steps) {
      const item = wanted.find((each) => isModelled(each) && !cache.has(step, each.key));
      if (item) return [{ ...rehearsed, leisurely: true, start: (spent) => rehearse(item, step, spent) }];
    }
    return [];
  }

  async function* rehearse(item: Wanted, step: number, spent: () => number): Job {
    const { model, release } = models.acquireSnapshot(step);
    try {
      yield* record(item, model, false, () => {});
    } finally {
      release();
    }
    rehearsed.at = performance.now();
    rehearsed.ms = spent();
  }

  // ---- what is done next

  const begin = (steps: Job, rest: Partial<Current> = {}): Current => ({
    ...{ key: null, leisurely: false, ms: 0, steps },
    ...rest,
  });

  function beginFirst(): Current | null {
    const empty = wanted.filter(({ made }) => made === null);
    const item = empty.sort((a, b) => costOf(a) - costOf(b))[0];
    return item ? begin(firstRecording(item), { key: item.key }) : null;
  }

  const beginRound = (): Current => begin(nextRound(), { chosen: models.snapshots.chosen });

  function beginMeasurement({ start, leisurely }: Measurement): Current {
    const current: Current = begin(
      start(() => current.ms),
      { leisurely },
    );
    return current;
  }

  /** Begins a round or a measurement, whichever is its turn, where neither is under way. */
  function beginNext(): void {
    const stale = isStale();
    const isNumbersTurn = training() && !isChosen() && numbersEarned > 0;
    if (stale && !isNumbersTurn) {
      round = beginRound();
      return;
    }
    const now = performance.now();
    const candidates = [...measurements.distances(), ...rehearsals()];
    const [most] = candidates.sort(
      (a, b) => Number(a.leisurely) - Number(b.leisurely) || urgency(b, now) - urgency(a, now),
    );
    if (most) measurement = beginMeasurement(most);
    else if (stale) round = beginRound();
  }

  async function dropOutdated(): Promise<void> {
    if (first && !wanted.some(({ key, made }) => key === first?.key && made === null)) {
      first = await dropped(first);
    }
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
    if (isEmpty()) {
      leisurely = false;
      first ??= beginFirst();
      [first, ms] = await advanced(first!);
      return ms;
    }
    // A person who waits for a snapshot does not wait for a measurement.
    if (!round && isChosen() && isStale()) round = beginRound();
    if (!round && !measurement) beginNext();
    if (round) {
      leisurely = false;
      [round, ms] = await advanced(round);
      numbersEarned = Math.min(MOST_EARNED, numbersEarned + NUMBERS_ODDS * ms);
    } else if (measurement) {
      leisurely = measurement.leisurely;
      [measurement, ms] = await advanced(measurement);
      numbersEarned = isStale() ? numbersEarned - ms : 0;
    } else {
      leisurely = true;
      return null;
    }
    return ms;
  }

  function nextAside(): Current | null {
    const likelihood = followed() ? null : measurements.likelihood();
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
      return leisurely && aside?.leisurely !== false && !isAwaited() && !isStale();
    },
    watch(requests) {
      const known = new Map(wanted.map((item) => [item.key, item]));
      const keys = requests.map((request) => ({ key: recordingKey(request), request }));
      // Those of runs wait until these are there.
      const can = keys.filter(({ request }) => runNameOf(request) === null || guestOf(request) !== null);
      const distinct = new Map(can.map((item) => [item.key, item]));
      wanted = [...distinct.values()].map(
        ({ key, request }) => known.get(key) ?? { key, request, made: null },
      );
      cache.retain(new Set(distinct.keys()));
    },
    async step() {
      await dropOutdated();
      if (!isAwaited()) aside ??= nextAside();
      if (aside && !isAwaited() && asideEarned > 0) {
        const [rest, ms] = await advanced(aside);
        aside = rest;
        asideEarned -= ms;
        return true;
      }
      const spent = await advanceMain();
      if (spent !== null) {
        if (aside) asideEarned += LIKELIHOOD_ODDS * spent;
        return true;
      }
      asideEarned = 0;
      if (!aside) return false;
      [aside] = await advanced(aside);
      return true;
    },
    forgetGuests() {
      wanted = wanted.filter(({ request }) => runNameOf(request) === null);
    },
    async cancel(everything) {
      await cancel();
      if (!everything) return;
      cache.clear();
      wanted = wanted.map((item) => ({ ...item, made: null }));
    },
    async dispose() {
      await cancel();
      standOn(null);
    },
  };
}

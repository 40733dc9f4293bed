import type { Model } from '../backends/model.ts';
import type { Experiment, Job, Measurement, MeasurementContext, Measurements } from '../families/family.ts';
import type { Recording } from '../protocol/protocol.ts';
import type { RecordingRequest } from '../views/index.ts';
import { recorderOf } from '../views/recorders.ts';
import { runNameOf } from '../views/runRequest.ts';
import { recordingKey } from '../views/types.ts';
import type { ActiveModels } from './activeModels.ts';
import type { Guest } from './guests.ts';
import { createRecordingCache, type Made } from './recordingCache.ts';

const GROWING_EVERY_MS = 200;
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

/** A model to draw with for as long as it is held. */
interface Held {
  readonly model: Model;
  release(): void;
}

export interface WatchedContext extends MeasurementContext<Experiment> {
  readonly models: ActiveModels;
  /** Whether a person follows the training, so that pictures come before numbers. */
  readonly followed: () => boolean;
  /** A kept run that stages show; null where there is none of this name, or none at all where left out. */
  readonly guest?: (name: string) => Guest | null;
}

/** The recordings that stages show, and the jobs that make them. */
export interface WatchedRecordings {
  watch(requests: readonly RecordingRequest[]): void;
  /** Whether the recording of this key, or else any, is still to be made for the first time. */
  isEmpty(key?: string): boolean;
  /** Whether the stages show other weights than they should, or drafts. */
  isStale(): boolean;
  /** Makes the first recording of the stage for which that takes least; null where none is empty. */
  first(): { readonly key: string; readonly job: Job } | null;
  /**
   * Makes those of every stage that shows something of the model, from the same weights; one that begins to meanwhile comes along.
   * @param spent milliseconds spent on the job so far
   */
  round(spent: () => number): Job;
  /** Makes those of snapshots that the person has not asked for yet, so that going through them is quick. */
  rehearsals(): Measurement[];
  /** Other runs are there than before: what was recorded of those is made anew. */
  forgetGuests(): void;
  /** All are to be made anew. */
  forgetAll(): void;
  /** Frees the weights that are held. */
  dispose(): void;
}

/**
 * All stages show one model at any time. The first pictures of stages are drawn from the weights that the others show; newer
 * weights come in rounds: every recording that depends on the model is made anew from the same frozen weights, and all are sent
 * at once.
 */
export function watchedRecordings(
  { config, models, emit, training, followed, guest = () => null }: WatchedContext,
  measurements: Pick<Measurements, 'look' | 'follow'>,
): WatchedRecordings {
  const cache = createRecordingCache();
  let wanted: Wanted[] = [];
  /** The weights that the stages show. */
  let stand: Held | null = null;
  /** Whether rounds have been too slow to be followed: drafts and whole ones in turn would flicker. */
  let isSlow = false;
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

  const isChosen = () => models.snapshots.chosen !== null;

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

  async function* round(spent: () => number): Job {
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
    isSlow = followed() && (isSlow || spent() > FOLLOWED_MS);
  }

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

  return {
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
    isEmpty: (key) => wanted.some((item) => item.made === null && (key === undefined || item.key === key)),
    isStale,
    first() {
      const empty = wanted.filter(({ made }) => made === null);
      const item = empty.sort((a, b) => costOf(a) - costOf(b))[0];
      return item ? { key: item.key, job: firstRecording(item) } : null;
    },
    round,
    rehearsals,
    forgetGuests() {
      wanted = wanted.filter(({ request }) => runNameOf(request) === null);
    },
    forgetAll() {
      cache.clear();
      wanted = wanted.map((item) => ({ ...item, made: null }));
    },
    dispose: () => standOn(null),
  };
}

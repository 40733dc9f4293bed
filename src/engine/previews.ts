import type { ExperimentConfig } from '../config/types.ts';
import type { Job } from './jobs.ts';
import type { Model } from './model.ts';
import { type EngineEvent, type Recording, type RecordingRequest, recordingKey } from './protocol.ts';
import { measurePerfect, measureQuality } from './quality.ts';
import { recordForward } from './recordings/forward.ts';
import { recordReverse } from './recordings/reverse.ts';
import { recordScore } from './recordings/score.ts';
import type { Workshop } from './workshop.ts';

const QUALITY_EVERY_MS = 1000;
const GROWING_EVERY_MS = 200;

export interface PreviewContext {
  readonly config: () => ExperimentConfig;
  readonly shop: Workshop;
  emit(event: EngineEvent): void;
}

interface Wanted {
  readonly key: string;
  readonly request: RecordingRequest;
  /** The model of the last finished recording; null before the first. */
  made: { source: string; step: number; at: number } | null;
}

/** Keeps recordings and the distance fresh, a step at a time. */
export interface Previews {
  watch(requests: readonly RecordingRequest[]): void;
  /** Whether a stage is still empty: then its first recording is what the person waits for. */
  readonly waitingForFirst: boolean;
  /** Does one step of the most wanted job. @returns false when everything is fresh */
  step(training: boolean): Promise<boolean>;
  /** Drops the running job; `everything` also makes all recordings stale. */
  cancel(everything: boolean): Promise<void>;
}

/** `key` is null for the measurement of the distance. */
type Current = { readonly key: string | null; readonly steps: Job };

export function createPreviews({ config, shop, emit }: PreviewContext): Previews {
  let wanted: Wanted[] = [];
  let job: Current | null = null;
  let perfect: number | null = null;
  let draws = 0;
  const measured = { own: -1, pretrained: -1, at: -Infinity };

  function nextJob(training: boolean): Current | null {
    const empty = wanted.filter(({ made }) => made === null);
    const first = empty.sort((a, b) => costOf(a.request, config()) - costOf(b.request, config()))[0];
    if (first) return recordingJob(first);
    const quality = qualityJob(training);
    if (quality) return quality;
    const stale = wanted.filter(isStale).sort((a, b) => a.made!.at - b.made!.at)[0];
    return stale ? recordingJob(stale) : null;
  }

  /** A recording that nobody wants any more is not, nor a measurement while a stage is empty. */
  function isWorthwhile({ key }: Current): boolean {
    if (key === null) return wanted.every(({ made }) => made !== null);
    return wanted.some((item) => item.key === key);
  }

  function isStale({ request, made }: Wanted): boolean {
    if (!made || !dependsOnModel(request)) return made === null;
    const { source, step } = shop.shown();
    return made.source !== source || made.step !== step;
  }

  function recordingJob(item: Wanted): Current {
    const { model, done } = shop.borrow('shown');
    const run = async function* (): Job {
      let shownAt = performance.now();
      let latest: (() => Recording) | null = null;
      try {
        for await (const soFar of recording(item.request, model, shop, config())) {
          if (!item.made && latest && performance.now() - shownAt > GROWING_EVERY_MS) {
            emit({ type: 'recording', recording: latest() });
            shownAt = performance.now();
          }
          latest = soFar ?? latest;
          yield;
        }
        if (latest) emit({ type: 'recording', recording: latest() });
        item.made = { source: model.source, step: model.step, at: performance.now() };
      } finally {
        done();
      }
    };
    return { key: item.key, steps: run() };
  }

  function qualityJob(training: boolean): Current | null {
    if (training && performance.now() - measured.at < QUALITY_EVERY_MS) return null;
    const standIn = measured.pretrained < 0 && shop.shown().source === 'pretrained';
    const { step } = shop.training;
    if (!standIn && (measured.own === step || step === 0)) return null;
    const { model, done } = shop.borrow(standIn ? 'shown' : 'own');
    const run = async function* (): Job {
      try {
        perfect ??= yield* measurePerfect(shop.experiment);
        yield* measureQuality(model, shop.experiment, draws++, (distance) => {
          shop.measured(model.source, distance);
          emit({ type: 'quality', step: model.step, source: model.source, distance, perfect: perfect! });
        });
        measured[model.source] = model.step;
        measured.at = performance.now();
      } finally {
        done();
      }
    };
    return { key: null, steps: run() };
  }

  async function drop(): Promise<void> {
    const dropped = job;
    job = null;
    await dropped?.steps.return();
  }

  return {
    get waitingForFirst() {
      return wanted.some(({ made }) => made === null);
    },
    watch(requests) {
      const known = new Map(wanted.map((item) => [item.key, item]));
      const keys = requests.map((request) => ({ key: recordingKey(request), request }));
      const distinct = new Map(keys.map((item) => [item.key, item]));
      wanted = [...distinct.values()].map(
        ({ key, request }) => known.get(key) ?? { key, request, made: null },
      );
    },
    async step(training) {
      if (job && !isWorthwhile(job)) await drop();
      job ??= nextJob(training);
      if (!job) return false;
      const { done } = await job.steps.next();
      if (done) job = null;
      return true;
    },
    async cancel(everything) {
      await drop();
      if (!everything) return;
      wanted = wanted.map((item) => ({ ...item, made: null }));
    },
  };
}

function recording(
  request: RecordingRequest,
  model: Model,
  { experiment }: Workshop,
  config: ExperimentConfig,
) {
  switch (request.kind) {
    case 'forward':
      return recordForward(request, experiment, config);
    case 'reverse':
      return recordReverse(request, model, experiment, config);
    case 'score':
      return recordScore(request, model, experiment);
  }
}

/** Roughly, in evaluations of the network on all particles: empty stages are filled cheapest first. */
function costOf(request: RecordingRequest, { nChain }: ExperimentConfig): number {
  if (request.kind === 'forward') return 1;
  const exact = request.kind === 'reverse' ? request.denoiser === 'exact' : request.source === 'exact';
  const steps = request.kind === 'score' ? 40 : request.sampler === 'ddpm' ? nChain : request.nSteps;
  return exact ? 10 * steps : steps;
}

function dependsOnModel(request: RecordingRequest): boolean {
  if (request.kind === 'forward') return false;
  return request.kind === 'reverse' ? request.denoiser === 'learned' : request.source === 'learned';
}

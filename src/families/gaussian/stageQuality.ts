import type { Dataset } from '../../core/types.ts';
import type { Recording, StageQuality } from '../../protocol/protocol.ts';
import type { RecordingRequest } from '../../views/index.ts';
import { recorderOf } from '../../views/recorders.ts';
import type { ReverseRequest } from '../../views/reverse/stage.ts';
import { runNameOf } from '../../views/runRequest.ts';
import { recordingKey } from '../../views/types.ts';
import type { Measurement, MeasurementContext, ShownRecording } from '../family.ts';
import { type GaussianExperiment, type Target, targetOf } from './experiment.ts';
import { ANY_CLASS, askable } from './guidance.ts';
import { drawStageSamples } from './quality.ts';
import {
  DRAW_SIZE,
  type DrawnQuality,
  lookAtDraw,
  measureStandard,
  qualityOfDraws,
  type Standard,
  truePoints,
} from './yardstick.ts';

/** After how many fresh draws a stage at rest has its quality told: each halves the error, or nearly. */
const TOLD_AFTER = [1, 4, 8];
const MOST_DRAWS = TOLD_AFTER.at(-1)!;
/** Evaluations of a draw beyond which the samples that are shown must do. */
const MOST_EVALUATIONS = 1000;
/** Fresh draws are numbered from here on, far from those of the model's own measurement. */
const FIRST_DRAW = 1 << 20;
/** Milliseconds that a picture may wait for what its number is held against. */
const HURRY_MS = 20;
/** Steps of a standard in one job. */
const STANDARD_STEPS = 3;
/** Models of which the numbers are remembered: those of snapshots come back. */
const MOST_KNOWN = 100;

/** Fresh draws by one stage's settings from one model. */
interface Draws {
  readonly found: DrawnQuality[];
  failed: boolean;
}

/** The samples that a stage shows. */
interface Shown extends Pick<StageQuality, 'key' | 'source' | 'step'> {
  readonly target: Target;
  /** [n][2] data units. */
  readonly samples: Float64Array;
}

export interface StageQualities {
  look(request: RecordingRequest, recording: Recording): StageQuality | null;
  follow(shown: readonly ShownRecording[]): void;
  /** Those that are worth measuring now. */
  next(): Measurement[];
}

/** How good the samples of each stage are, by its own sampler: of those that it shows and, at rest, of fresh ones. */
export function createStageQualities({
  config,
  models,
  training,
  emit,
}: MeasurementContext<GaussianExperiment>): StageQualities {
  const { experiment } = models;
  const standards = new Map<Dataset, Map<number, CarriedStandard>>();
  const log = { at: 0, ms: 0 };
  let shown: readonly ShownRecording[] = [];
  let draws = 0;
  const known = new Map<string, Draws>();
  /** Samples that were shown before it was known what true draws have. */
  const unseen = new Map<string, Shown>();

  function standardFor(target: Target, size: number): CarriedStandard {
    const bySize = standards.get(target.dataset) ?? new Map<number, CarriedStandard>();
    standards.set(target.dataset, bySize);
    const carried = bySize.get(size) ?? carryStandard(target, size);
    bySize.set(size, carried);
    return carried;
  }

  /** What the samples should be like: the data or, where a class is asked for, that class, however strongly. */
  const targetFor = (request: ReverseRequest): Target =>
    targetOf(experiment, askable({ ...ANY_CLASS, ...request }, experiment).ofClass);

  const drawnOf = (stage: ShownRecording): Draws => known.get(idOf(stage)) ?? { found: [], failed: false };

  function remember(stage: ShownRecording): Draws {
    const drawn = drawnOf(stage);
    known.delete(idOf(stage));
    known.set(idOf(stage), drawn);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN) known.delete(oldest!);
    return drawn;
  }

  function hasSamples(request: RecordingRequest): request is ReverseRequest {
    const isOwn = runNameOf(request) === null;
    return request.kind === 'reverse' && request.direction !== 'encode' && !request.condition && isOwn;
  }

  function isDrawnAfresh(request: RecordingRequest): request is ReverseRequest {
    return hasSamples(request) && recorderOf(request).cost(request, config().nChain) <= MOST_EVALUATIONS;
  }

  const measurement = (leisurely: boolean, job: () => AsyncGenerator<void, void, void>): Measurement => ({
    ...log,
    leisurely,
    async *start(spent) {
      yield* job();
      log.at = performance.now();
      log.ms = spent();
    },
  });

  const carryOn = (carried: CarriedStandard) =>
    measurement(carried.soFar !== null && !isWaitedFor(), async function* () {
      for (let i = 0; i < STANDARD_STEPS && !carried.done; i++) {
        carried.advance();
        yield;
      }
    });

  const drawFor = (stage: ShownRecording, request: ReverseRequest) =>
    measurement(drawnOf(stage).found.length >= TOLD_AFTER[0]!, async function* () {
      const { model, release } = models.acquire('viewed');
      const drawn = remember(stage);
      try {
        const draw = FIRST_DRAW + draws++;
        const samples = yield* drawStageSamples(request, model, experiment, draw);
        const target = targetFor(request);
        const { soFar } = standardFor(target, DRAW_SIZE);
        drawn.found.push(lookAtDraw(samples, truePoints(target, draw), soFar!));
      } catch (error) {
        drawn.failed = true; // what failed would fail again
        throw error;
      } finally {
        release();
      }
      if (TOLD_AFTER.includes(drawn.found.length)) tell(stage, drawn);
    });

  /** Whether a stage has not told yet of fresh samples. */
  function isWaitedFor(): boolean {
    return shown.some((stage) => {
      const { found, failed } = drawnOf(stage);
      const isDue = isDrawnAfresh(stage.request) && isCurrent(stage) && !failed;
      return isDue && found.length < TOLD_AFTER[0]!;
    });
  }

  function lookAt({ samples, target, ...of }: Shown): StageQuality | null {
    const size = samples.length / 2;
    const { soFar } = standardFor(target, size);
    if (!soFar) return null;
    const truth = truePoints(target, FIRST_DRAW + draws++, size);
    return { ...of, ...qualityOfDraws([lookAtDraw(samples, truth, soFar)], soFar) };
  }

  /** What is shown since before it could be measured. */
  const lookAtUnseen = () =>
    measurement(false, async function* () {
      for (const one of unseen.values()) {
        const isShown = shown.some(
          ({ request, source, step }) =>
            recordingKey(request) === one.key &&
            source === one.source &&
            (source === 'exact' || step === one.step),
        );
        const quality = isShown ? lookAt(one) : null;
        if (quality) emit({ type: 'stageQuality', ...quality });
        unseen.delete(one.key);
        yield;
      }
    });

  function tell({ request, source, step }: ShownRecording, { found }: Draws): void {
    if (source === 'data' || !hasSamples(request)) return;
    const quality = qualityOfDraws(found, standardFor(targetFor(request), DRAW_SIZE).soFar!);
    emit({ type: 'stageQuality', key: recordingKey(request), source, step, ...quality });
  }

  /** Whether what the stage shows is what would be drawn from now. */
  function isCurrent({ source, step }: ShownRecording): boolean {
    if (source === 'exact') return true;
    const now = models.viewed();
    return source === now.source && step === now.step;
  }

  return {
    look(request, recording) {
      if (!hasSamples(request) || recording.kind !== 'trajectory' || recording.source === 'data') return null;
      const { nParticles, source, modelStep: step, key } = recording;
      const samples = Float64Array.from(lastFrame(recording).subarray(0, 2 * nParticles));
      const of: Shown = { key, source, step, target: targetFor(request), samples };
      standardFor(of.target, nParticles).hurry();
      const quality = lookAt(of);
      if (quality) unseen.delete(key);
      else unseen.set(key, of);
      return quality;
    },
    follow(next) {
      const before = new Set(shown.map(idOf));
      shown = next;
      for (const stage of shown) {
        const drawn = drawnOf(stage);
        const told = TOLD_AFTER.findLast((n) => n <= drawn.found.length);
        if (told && !before.has(idOf(stage))) tell(stage, drawn);
      }
    },
    next() {
      const { nParticles } = config();
      const requests = shown.map(({ request }) => request).filter(hasSamples);
      const drawn = requests.map((request) => standardFor(targetFor(request), nParticles));
      const unknown = drawn.find(({ soFar }) => !soFar);
      if (unknown) return [carryOn(unknown)];
      if (unseen.size > 0) return [lookAtUnseen()];
      const unfinished = drawn.find(({ done }) => !done);
      if (unfinished && !training()) return [carryOn(unfinished)];
      if (training() && models.viewed().step === models.training.step) return [];
      const waiting = shown.flatMap((stage) => {
        const { request } = stage;
        const { found, failed } = drawnOf(stage);
        if (!isDrawnAfresh(request) || failed || found.length >= MOST_DRAWS) return [];
        return isCurrent(stage) ? [{ stage, request, n: found.length }] : [];
      });
      const first = waiting.sort((a, b) => a.n - b.n)[0];
      if (!first) return [];
      const fresh = standardFor(targetFor(first.request), DRAW_SIZE);
      return [fresh.done ? drawFor(first.stage, first.request) : carryOn(fresh)];
    },
  };
}

const idOf = ({ request, source, step }: ShownRecording): string =>
  `${source} ${step} ${recordingKey(request)}`;

function lastFrame({ x, times }: { readonly x: Float32Array; readonly times: Float32Array }): Float32Array {
  return x.subarray((x.length / times.length) * (times.length - 1));
}

/** A standard that is measured step by step. */
interface CarriedStandard {
  /** Null before enough is known. */
  readonly soFar: Standard | null;
  readonly done: boolean;
  advance(): void;
  /** Goes on for a short while, as long as nothing is known. */
  hurry(): void;
}

function carryStandard(target: Target, size: number): CarriedStandard {
  const steps = measureStandard(target, size);
  let soFar: Standard | null = null;
  let done = false;
  function advance(): void {
    const next = steps.next();
    done = next.done === true;
    soFar = next.value ?? soFar;
  }
  return {
    get soFar() {
      return soFar;
    },
    get done() {
      return done;
    },
    advance,
    hurry() {
      const until = performance.now() + HURRY_MS;
      while (!soFar && performance.now() < until) advance();
    },
  };
}

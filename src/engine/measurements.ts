import { isChain } from '../config/scheduled.ts';
import type { ExperimentConfig } from '../config/types.ts';
import type { Job } from './jobs.ts';
import { networkPredictor } from './likelihood/predictor.ts';
import { createLikelihoodStudy } from './likelihood/study.ts';
import type { Model } from './model.ts';
import type { EngineEvent } from './protocol.ts';
import { leastLossOf, measurePerfect, measureQuality } from './quality.ts';
import type { Workshop } from './workshop.ts';

/** How often weights that no longer change are measured: one distance scatters by a third, the middle one by an eighth. */
const QUALITY_TIMES = 9;
/** Pairs of true draws in one job: all together take long. */
const STANDARD_PAIRS = 3;
/** Rounds after which most numbers are good to 0.01 bits per dimension. */
const LIKELIHOOD_ROUNDS = 12;
/** While it trains, the model must have learned so much longer to be worth another round. */
const LIKELIHOOD_GROWTH = 1.25;

/** Something that could be measured next, how long ago that was last, and what it took. */
export interface Measurement {
  readonly at: number;
  readonly ms: number;
  /** @param spent milliseconds spent on the job so far */
  start(spent: () => number): Job;
}

export interface Measurements {
  /** The distances that are worth measuring now. */
  distances(): Measurement[];
  /** The likelihood, when it is worth measuring; it takes long: the more so the first time, for the exact answer. */
  likelihood(): Measurement | null;
}

export interface MeasurementContext {
  readonly config: () => ExperimentConfig;
  readonly shop: Workshop;
  /** Whether the own model is learning at the moment. */
  readonly training: () => boolean;
  emit(event: EngineEvent): void;
}

/** Which models were measured last, how often in a row at the same step, when, and what it took. */
interface Log {
  own: number;
  pretrained: number;
  times: number;
  at: number;
  ms: number;
}

const newLog = (): Log => ({ own: -1, pretrained: -1, times: 0, at: 0, ms: 0 });

type Quality = Omit<Extract<EngineEvent, { type: 'quality' }>, 'type' | 'perfect' | 'leastLoss'>;

/** The distance and the likelihood of the models of a workshop. */
export function createMeasurements({ config, shop, training, emit }: MeasurementContext): Measurements {
  /** What a perfect model would score, as far as that is known; null before it is measured. */
  let standard: { perfect: number; leastLoss: number } | null = null;
  const perfectSteps = measurePerfect(shop.experiment);
  const standardLog = { at: 0, ms: 0, done: false };
  /** Distances that wait for the standard. */
  const found: Quality[] = [];
  let draws = 0;
  const quality = newLog();
  const likelihood = newLog();
  const study = createLikelihoodStudy(shop.experiment, isChain(config().process));

  /** The own model, when it has learned something and was not measured so often at this step. */
  function ownFor(log: Log, most: number): 'own' | null {
    const { step } = shop.training;
    const enough = log.own === step && log.times >= most;
    return enough || step === 0 ? null : 'own';
  }

  /** The stand-in once, then the person's own model whenever it has learned more. */
  function distanceModel(): 'shown' | 'own' | null {
    const first = quality.pretrained < 0 && shop.shown().source === 'pretrained';
    return first ? 'shown' : ownFor(quality, training() ? 1 : QUALITY_TIMES);
  }

  function likelihoodModel(): 'own' | null {
    // Distances come first: they decide which model is shown.
    const tooSoon = !standard || shop.training.step < LIKELIHOOD_GROWTH * likelihood.own;
    return training() && tooSoon ? null : ownFor(likelihood, LIKELIHOOD_ROUNDS);
  }

  /** @param body measures the model as it is now; `again` when the same weights were measured last */
  function jobOf(log: Log, which: 'shown' | 'own', body: (model: Model, again: boolean) => Job): Measurement {
    return {
      at: log.at,
      ms: log.ms,
      async *start(spent) {
        const { model, done } = shop.borrow(which);
        try {
          const again = log[model.source] === model.step;
          yield* body(model, again);
          log.times = again ? log.times + 1 : 1;
          log[model.source] = model.step;
          log.at = performance.now();
          log.ms = spent();
        } catch (error) {
          log.times = Number.POSITIVE_INFINITY; // what failed would fail again
          log[model.source] = model.step;
          throw error;
        } finally {
          done();
        }
      },
    };
  }

  const measureDistance = (which: 'shown' | 'own') =>
    jobOf(quality, which, (model) =>
      measureQuality(model, shop.experiment, draws++, (distance) => {
        shop.measured(model.source, distance);
        found.push({ step: model.step, source: model.source, distance });
        tell();
      }),
    );

  /** At rest nothing would correct a standard that is only half known. */
  function tell(): void {
    if (!standard || !(training() || standardLog.done)) return;
    for (const one of found.splice(0)) emit({ type: 'quality', ...one, ...standard });
  }

  /** While it trains, the own model's first distance comes first: the stages may wait for it. */
  const needsStandard = () => !standardLog.done && (quality.own >= 0 || !(training() || distanceModel()));

  const measureStandard = (): Measurement => ({
    ...standardLog,
    async *start(spent) {
      for (let i = 0; i < STANDARD_PAIRS && !standardLog.done; i++) {
        const { done = false, value } = await perfectSteps.next();
        standardLog.done = done;
        standard = { perfect: value, leastLoss: standard?.leastLoss ?? leastLossOf(shop.experiment) };
        // What is broken off here goes on with the next pair another time; the end is told at once.
        if (!done) yield;
      }
      standardLog.at = performance.now();
      standardLog.ms = spent();
      tell();
    },
  });

  const measureLikelihood = (which: 'own') =>
    jobOf(likelihood, which, async function* (model, again) {
      const found = yield* study.measure(networkPredictor(model, shop.experiment), again);
      emit({ type: 'likelihood', step: model.step, ...found });
    });

  return {
    distances() {
      const model = distanceModel();
      return [...(model ? [measureDistance(model)] : []), ...(needsStandard() ? [measureStandard()] : [])];
    },
    likelihood() {
      const model = likelihoodModel();
      return model && measureLikelihood(model);
    },
  };
}

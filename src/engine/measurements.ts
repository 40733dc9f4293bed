import { isChain } from '../config/scheduled.ts';
import type { ExperimentConfig } from '../config/types.ts';
import type { Experiment } from './experiment.ts';
import type { Job } from './jobs.ts';
import { networkPredictor } from './likelihood/predictor.ts';
import { createLikelihoodStudy } from './likelihood/study.ts';
import type { Model } from './model.ts';
import type { EngineEvent } from './protocol.ts';
import { leastLossOf, measurePerfect, measureQuality } from './quality.ts';
import type { Workshop } from './workshop.ts';

/** How often weights that no longer change are measured: one distance alone scatters by a third. */
const QUALITY_TIMES = 3;
/** Rounds after which most numbers are good to 0.01 bits per dimension. */
const LIKELIHOOD_ROUNDS = 8;
/** While it trains, the model must have learned so much longer to be worth another round. */
const LIKELIHOOD_GROWTH = 1.25;
/** What a round costs until one has been made, milliseconds. */
const LIKELIHOOD_GUESS_MS = 500;

/** Something that could be measured next, how long ago that was last, and what it took. */
export interface Measurement {
  readonly at: number;
  readonly ms: number;
  /** @param spent milliseconds spent on the job so far */
  start(spent: () => number): Job;
}

export interface Measurements {
  /** Whether nothing has been measured yet. */
  readonly waiting: boolean;
  /** What is worth measuring now. */
  due(): Measurement[];
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

const newLog = (at: number, ms: number): Log => ({ own: -1, pretrained: -1, times: 0, at, ms });

/** The distance and the likelihood of the models of a workshop. */
export function createMeasurements({ config, shop, training, emit }: MeasurementContext): Measurements {
  /** What a perfect model would score; null until it is measured. */
  let standard: { perfect: number; leastLoss: number } | null = null;
  let draws = 0;
  const quality = newLog(0, 0);
  const likelihood = newLog(performance.now(), LIKELIHOOD_GUESS_MS);
  const study = createLikelihoodStudy(shop.experiment, isChain(config().process));

  /** The stand-in once, then the person's own model whenever it has learned more. */
  function modelFor(log: Log, most: number): 'shown' | 'own' | null {
    if (log.pretrained < 0 && shop.shown().source === 'pretrained') return 'shown';
    const { step } = shop.training;
    const enough = log.own === step && log.times >= most;
    return enough || step === 0 ? null : 'own';
  }

  function likelihoodModel(): 'shown' | 'own' | null {
    // The first distance decides which model is shown: it comes first.
    const model = standard && modelFor(likelihood, LIKELIHOOD_ROUNDS);
    const tooSoon = training() && shop.training.step < LIKELIHOOD_GROWTH * likelihood.own;
    return model === 'own' && tooSoon ? null : model;
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
        } finally {
          done();
        }
      },
    };
  }

  const measureDistance = (which: 'shown' | 'own') =>
    jobOf(quality, which, async function* (model) {
      const known = standard ?? (yield* measureStandard(shop.experiment));
      yield* measureQuality(model, shop.experiment, draws++, (distance) => {
        shop.measured(model.source, distance);
        emit({ type: 'quality', step: model.step, source: model.source, distance, ...known });
      });
      standard = known;
    });

  const measureLikelihood = (which: 'shown' | 'own') =>
    jobOf(likelihood, which, async function* (model, again) {
      const found = yield* study.measure(networkPredictor(model, shop.experiment), again);
      emit({ type: 'likelihood', step: model.step, source: model.source, ...found });
    });

  return {
    get waiting() {
      return standard === null;
    },
    due() {
      const [distance, likely] = [modelFor(quality, QUALITY_TIMES), likelihoodModel()];
      return [
        ...(distance ? [measureDistance(distance)] : []),
        ...(likely ? [measureLikelihood(likely)] : []),
      ];
    },
  };
}

async function* measureStandard(experiment: Experiment) {
  const perfect = yield* measurePerfect(experiment);
  return { perfect, leastLoss: leastLossOf(experiment) };
}

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
  /** Whether nothing has been measured yet. */
  readonly waiting: boolean;
  /** The distance of the model that is worth measuring now; null when there is nothing new. */
  distance(): Measurement | null;
  /** The same for the likelihood, which takes long: the more so the first time, for the exact answer. */
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

/** The distance and the likelihood of the models of a workshop. */
export function createMeasurements({ config, shop, training, emit }: MeasurementContext): Measurements {
  /** What a perfect model would score; null until it is measured. */
  let standard: { perfect: number; leastLoss: number } | null = null;
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
    return first ? 'shown' : ownFor(quality, QUALITY_TIMES);
  }

  function likelihoodModel(): 'own' | null {
    const tooSoon = training() && shop.training.step < LIKELIHOOD_GROWTH * likelihood.own;
    return tooSoon ? null : ownFor(likelihood, LIKELIHOOD_ROUNDS);
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
    jobOf(quality, which, async function* (model) {
      const known = standard ?? (yield* measureStandard(shop.experiment));
      yield* measureQuality(model, shop.experiment, draws++, (distance) => {
        shop.measured(model.source, distance);
        emit({ type: 'quality', step: model.step, source: model.source, distance, ...known });
      });
      standard = known;
    });

  const measureLikelihood = (which: 'own') =>
    jobOf(likelihood, which, async function* (model, again) {
      const found = yield* study.measure(networkPredictor(model, shop.experiment), again);
      emit({ type: 'likelihood', step: model.step, ...found });
    });

  return {
    get waiting() {
      return standard === null;
    },
    distance() {
      const model = distanceModel();
      return model && measureDistance(model);
    },
    likelihood() {
      const model = likelihoodModel();
      return model && measureLikelihood(model);
    },
  };
}

async function* measureStandard(experiment: Experiment) {
  const perfect = yield* measurePerfect(experiment);
  return { perfect, leastLoss: leastLossOf(experiment) };
}

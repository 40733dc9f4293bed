import type { Model } from '../../backends/model.ts';
import { isChain } from '../../experiment/scheduled.ts';
import type { Job, Measurement, MeasurementContext, Measurements } from '../family.ts';
import type { GaussianExperiment } from './experiment.ts';
import { leastLossOf } from './leastLoss.ts';
import { networkPredictor } from './likelihood/predictor.ts';
import { createLikelihoodStudy } from './likelihood/study.ts';
import { drawSamples } from './quality.ts';
import { createStageQualities } from './stageQuality.ts';
import {
  type DrawnQuality,
  distanceOfDraw,
  lookAtDraw,
  measureStandard,
  qualityOfDraws,
  type Standard,
  truePoints,
} from './yardstick.ts';

/**
 * After how many draws weights at rest have their quality told: one distance scatters by a third, the mean of four by a
 * sixth, that of all by a twelfth. Told after each, the numbers would jump.
 */
const TOLD_AFTER = [4, 9, 16];
const MOST_DRAWS = TOLD_AFTER.at(-1)!;
/** Pairs of true draws that say well enough at rest what sliced W2 should be. */
const ENOUGH_PAIRS = 12;
/** Steps of the standard in one job: all together take long. */
const STANDARD_STEPS = 3;
/** Rounds after which most numbers are good to 0.01 bits per dimension. */
const LIKELIHOOD_ROUNDS = 12;
/** While it trains, the model must have learned so much longer to be worth another round. */
const LIKELIHOOD_GROWTH = 1.25;

/** Which models were measured last, how often in a row at the same step, when, and what it took. */
interface Log {
  own: number;
  pretrained: number;
  times: number;
  at: number;
  ms: number;
}

const newLog = (): Log => ({ own: -1, pretrained: -1, times: 0, at: 0, ms: 0 });

/** The draws of one model. */
interface Draws {
  readonly source: Model['source'];
  readonly step: number;
  /** Looks at those that have come, and forgets their samples. */
  readonly waiting: ((standard: Standard) => DrawnQuality)[];
  readonly found: DrawnQuality[];
  /** How many of them have been told. */
  told: number;
}

/** The distance and the likelihood of the models of an experiment. */
export function createMeasurements(context: MeasurementContext<GaussianExperiment>): Measurements {
  const { config, models, training, emit } = context;
  const stages = createStageQualities(context);
  /** What true draws have, as far as that is known; null before it is measured. */
  let standard: Standard | null = null;
  /** The training loss of the exact answer; null before it was asked for. */
  let leastLoss: number | null = null;
  const standardSteps = measureStandard(models.experiment);
  const standardLog = { at: 0, ms: 0, done: false };
  /** Of models that have something to tell; the last may have more to come. */
  let drawn: Draws[] = [];
  let draws = 0;
  const quality = newLog();
  const likelihood = newLog();
  const study = createLikelihoodStudy(models.experiment, isChain(config().process));

  /** The own model, when it has learned something and was not measured so often at this step. */
  function ownFor(log: Log, most: number): 'own' | null {
    const { step } = models.training;
    const enough = log.own === step && log.times >= most;
    return enough || step === 0 ? null : 'own';
  }

  /** At rest the last telling is by the whole standard. */
  const mostDraws = () => (training() ? 1 : standardLog.done ? MOST_DRAWS : TOLD_AFTER.at(-2)!);

  /** The stand-in once, then the person's own model whenever it has learned more. */
  function distanceModel(): 'shown' | 'own' | null {
    const first = quality.pretrained < 0 && models.shown().source === 'pretrained';
    return first ? 'shown' : ownFor(quality, mostDraws());
  }

  function likelihoodModel(): 'own' | null {
    // Distances come first: they decide which model is shown.
    const tooSoon = !standard || models.training.step < LIKELIHOOD_GROWTH * likelihood.own;
    return training() && tooSoon ? null : ownFor(likelihood, LIKELIHOOD_ROUNDS);
  }

  /** @param body measures the model as it is now; `again` when the same weights were measured last */
  function jobOf(
    { log, which, leisurely }: { log: Log; which: 'shown' | 'own'; leisurely: boolean },
    body: (model: Model, again: boolean) => Job,
  ): Measurement {
    return {
      at: log.at,
      ms: log.ms,
      leisurely,
      async *start(spent) {
        const { model, release } = models.acquire(which);
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
          release();
        }
      },
    };
  }

  const isToldOf = ({ own }: Log) => own === models.training.step;

  /** Whether the quality of the own model, as it is now, is known to the person. */
  function isTold(): boolean {
    const last = drawn.at(-1);
    return last?.source === 'own' && last.step === models.training.step && last.told > 0;
  }

  const measureDistance = (which: 'shown' | 'own') =>
    jobOf({ log: quality, which, leisurely: isTold() }, async function* ({ source, step, ...model }) {
      const draw = draws++;
      const samples = yield* drawSamples({ source, step, ...model }, models.experiment, draw);
      const truth = truePoints(models.experiment, draw);
      const distance = distanceOfDraw(samples, truth);
      models.measured(source, distance);
      drawsOf(source, step).waiting.push((held) => lookAtDraw(samples, truth, held, distance));
      tell();
    });

  function drawsOf(source: Model['source'], step: number): Draws {
    const last = drawn.at(-1);
    if (last?.source === source && last.step === step) return last;
    const next: Draws = { source, step, waiting: [], found: [], told: 0 };
    drawn.push(next);
    return next;
  }

  /** At rest the own model is told of again, by the whole standard; nothing would correct what is told of a stand-in. */
  function isKnownFor(source: Model['source'], { distances }: Standard): boolean {
    return training() || standardLog.done || (source === 'own' && distances.length >= ENOUGH_PAIRS);
  }

  function tell(): void {
    if (!standard || !isKnownFor(drawn.at(-1)?.source ?? 'own', standard)) return;
    for (const of of drawn) {
      for (const look of of.waiting.splice(0)) of.found.push(look(standard));
      if (isWorthTelling(of)) emitQuality(of, standard);
    }
    drawn = drawn.slice(-1);
  }

  function emitQuality(of: Draws, held: Standard): void {
    const { source, step, found } = of;
    of.told = found.length;
    emit({
      type: 'quality',
      step,
      source,
      ...qualityOfDraws(found, held),
      leastLoss: leastLoss ?? Number.NaN,
    });
  }

  /** The first draw of what is not drawn again, and at rest only what is much surer than what was told before. */
  function isWorthTelling({ source, step, found, told }: Draws): boolean {
    const goesOn = source === 'own' && step === models.training.step && !training();
    return goesOn ? TOLD_AFTER.some((n) => told < n && n <= found.length) : told < found.length;
  }

  /** While it trains, the own model's first distance comes first: the stages may wait for it; the rest of the pairs can wait. */
  function needsStandard(): boolean {
    if (standardLog.done) return false;
    if (!training()) return quality.own >= 0 || !distanceModel();
    return quality.own >= 0 && (standard?.distances.length ?? 0) < ENOUGH_PAIRS;
  }

  /** Of all that is measured it takes the least, and learning is not seen without it. */
  const measureLeastLoss: Measurement = {
    ...{ at: 0, ms: 0, leisurely: false },
    async *start() {
      leastLoss = Number.NaN; // what fails would fail again
      leastLoss = leastLossOf(models.experiment);
      emit({ type: 'exactLoss', loss: leastLoss });
      yield;
    },
  };

  const carryOnStandard = (): Measurement => ({
    ...standardLog,
    leisurely: isTold(),
    async *start(spent) {
      // Numbers wait for the first that is known of it.
      for (let i = 0; (i < STANDARD_STEPS || !standard) && !standardLog.done; i++) {
        const { done = false, value } = standardSteps.next();
        standardLog.done = done;
        standard = value ?? standard;
        // What is broken off here goes on with the next step another time; the end is told at once.
        if (!done) yield;
      }
      standardLog.at = performance.now();
      standardLog.ms = spent();
      tell();
    },
  });

  const measureLikelihood = (which: 'own') =>
    jobOf({ log: likelihood, which, leisurely: isToldOf(likelihood) }, async function* (model, again) {
      const found = yield* study.measure(networkPredictor(model, models.experiment), again);
      emit({ type: 'likelihood', step: model.step, ...found });
    });

  return {
    look: stages.look,
    follow: stages.follow,
    distances() {
      if (leastLoss === null && models.training.step > 0) return [measureLeastLoss];
      const model = distanceModel();
      return [
        ...(model ? [measureDistance(model)] : []),
        ...(needsStandard() ? [carryOnStandard()] : []),
        ...stages.next(),
      ];
    },
    likelihood() {
      const model = likelihoodModel();
      return model && measureLikelihood(model);
    },
  };
}

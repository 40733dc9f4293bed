import { exactLogDensity } from '../../../core/exact.ts';
import { createRng } from '../../../core/rng.ts';
import type { Rng, Vector } from '../../../core/types.ts';
import type { BoundTerms, Estimate, Likelihood, LossTerms } from '../../../protocol/protocol.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { boundMeter } from './boundTerms.ts';
import { exactAnswerer, type FlowDensity, flowLogDensity, predictedAnswerer } from './flow.ts';
import { drawLevelPoints, heldOut, type LevelPoints } from './levelPoints.ts';
import { lossMeter } from './lossTerms.ts';
import type { Predictor } from './predictor.ts';
import { addTo, emptySample, pooled, type Sample, totalOf } from './runningMean.ts';
import type { TermMeter } from './termMeter.ts';

/** Points x_t of a round, over all levels. */
const ROUND_POINTS = 4096;
const MOST_PER_LEVEL = 256;
const FLOW_POINTS = 24;
const ENTROPY_POINTS = 4000;
/** Points between pauses. */
const SLICE_POINTS = 160;
/** Far from the seeds of other draws. */
const SEED = 5_242_913;

/** What a round draws, and what is exactly known of it; scaled units. */
interface Draws {
  readonly levels: LevelPoints[];
  truth: Truth | null;
}

interface Truth {
  /** −ln p of many points. */
  readonly entropy: Sample;
  /** Points for the flow: their ln p, and that by the flow of the exact answers. */
  readonly x0: Vector;
  readonly logDensity: Float64Array;
  readonly byFlow: FlowDensity;
}

/** Measures how likely models find data that they were not trained on, in rounds that sharpen each other. */
export interface LikelihoodStudy {
  /**
   * A round; pauses often. The k-th round has the same points for all models.
   * @param goesOn whether the weights are those of the round before; if not, or if that was left early, begins anew
   * @returns what all rounds of these weights say together
   */
  measure(predict: Predictor, goesOn: boolean): AsyncGenerator<void, Likelihood, void>;
}

interface Tallies {
  /** Null where a process has no chain. */
  readonly bound: TermMeter<BoundTerms> | null;
  /** At the levels of the bound, where there is one. */
  readonly losses: TermMeter<LossTerms>;
  readonly flow: { readonly model: FlowTally; readonly exact: FlowTally };
}

interface FlowTally {
  /** How much less likely points are by the flow than in truth, nats. */
  readonly loss: Sample;
  /** The most that the steps of a round leave, bits per dimension; NaN for answers that are not numbers. */
  stepError: number;
}

/** @param hasBound whether the process is DDPM's chain, whose reverse steps have a bound */
export function createLikelihoodStudy(experiment: GaussianExperiment, hasBound: boolean): LikelihoodStudy {
  const rng = createRng(SEED);
  const draws: Draws[] = [];
  let tallies = newTallies();
  /** Rounds in the tallies; null while one is under way, or was left half-way. */
  let whole: number | null = 0;

  function newTallies(): Tallies {
    return {
      bound: hasBound ? boundMeter(experiment) : null,
      losses: lossMeter(experiment, hasBound),
      flow: { model: newFlowTally(), exact: newFlowTally() },
    };
  }

  /** As many levels at once as make a slice: on a GPU the wait for one answer is that for all. */
  async function* measureTerms(
    predict: Predictor,
    { bound, losses }: Tallies,
    levelsDrawn: LevelPoints[],
    stream: Rng,
  ) {
    const nLevels = losses.times.length;
    const perLevel = Math.min(MOST_PER_LEVEL, Math.ceil(ROUND_POINTS / nLevels));
    const together = Math.max(1, Math.floor(SLICE_POINTS / perLevel));
    for (let first = 0; first < nLevels; first += together) {
      const levels = Array.from({ length: Math.min(together, nLevels - first) }, (_, k) => first + k);
      const points = levels.map((level) => {
        const t = losses.times[level]!;
        levelsDrawn[level] ??= drawLevelPoints(experiment, t, perLevel, stream.fork(level));
        return levelsDrawn[level];
      });
      const predictions = await Promise.all(points.map(({ x, t }) => predict(x, t)));
      for (const [k, level] of levels.entries()) {
        for (const meter of [bound, losses]) meter?.add(level, points[k]!, predictions[k]!);
      }
      yield;
    }
  }

  async function* findTruth(stream: Rng): AsyncGenerator<void, Truth, void> {
    const entropy = emptySample();
    const points = heldOut(experiment, ENTROPY_POINTS, stream.fork('entropy'));
    for (let from = 0; from < points.length; from += 2 * SLICE_POINTS) {
      addTo(entropy, negated(trueLogDensity(experiment, points.subarray(from, from + 2 * SLICE_POINTS))));
      yield;
    }
    const x0 = heldOut(experiment, FLOW_POINTS, stream.fork('flow'));
    const byFlow = yield* flowLogDensity(experiment, x0, exactAnswerer(experiment));
    return { entropy, x0, logDensity: trueLogDensity(experiment, x0), byFlow };
  }

  return {
    async *measure(predict, goesOn) {
      if (!goesOn || whole === null) {
        tallies = newTallies();
        whole = 0;
      }
      const round = whole;
      whole = null;
      const stream = rng.fork(round);
      draws[round] ??= { levels: [], truth: null };
      const drawn = draws[round];
      yield* measureTerms(predict, tallies, drawn.levels, stream.fork('levels'));
      drawn.truth ??= yield* findTruth(stream);
      const { x0, logDensity, byFlow } = drawn.truth;
      const found = yield* flowLogDensity(experiment, x0, predictedAnswerer(predict, experiment));
      addFlow(tallies.flow.model, logDensity, found);
      addFlow(tallies.flow.exact, logDensity, byFlow);
      whole = round + 1;
      const entropy = pooled(draws.flatMap(({ truth }) => (truth ? [truth.entropy] : [])));
      return { rounds: whole, ...likelihoodOf(experiment, entropy, tallies) };
    },
  };
}

const newFlowTally = (): FlowTally => ({ loss: emptySample(), stepError: 0 });

function addFlow(sums: FlowTally, truth: Float64Array, { logDensity, stepError }: FlowDensity): void {
  addTo(sums.loss, difference(truth, logDensity));
  sums.stepError = Math.max(sums.stepError, stepError);
}

/**
 * In bits per dimension and data units. The flow's numbers are taken from the entropy, which is known best; their errors
 * hold what the steps leave, which is seen only where no number of steps will do.
 */
function likelihoodOf(
  { standardization }: GaussianExperiment,
  entropy: Sample,
  { bound, losses, flow }: Tallies,
): Omit<Likelihood, 'rounds'> {
  const toDataUnits = 2 * Math.log(standardization.scale);
  const byFlow = ({ loss, stepError }: FlowTally): Estimate => {
    const { mean, error } = totalOf([entropy, loss], toDataUnits);
    return { mean, error: Math.hypot(error, stepError) };
  };
  const found = losses.report();
  return {
    entropy: totalOf([entropy], toDataUnits),
    flow: { model: byFlow(flow.model), exact: byFlow(flow.exact) },
    terms: bound?.report() ?? found,
    losses: found,
  };
}

const trueLogDensity = ({ density }: GaussianExperiment, x: Vector): Float64Array =>
  exactLogDensity(density, { alpha: 1, sigma: 0 }, x);

const negated = (values: Float64Array): Float64Array => values.map((value) => -value);

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);

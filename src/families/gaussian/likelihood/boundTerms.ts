import { chainTables } from '../../../core/chain.ts';
import {
  boundOfSquares,
  expectedPriorTerm,
  expectedSquares,
  optimalLogVarianceOf,
  optimalLogVarianceOfAll,
  termOf,
} from '../../../core/likelihood/expectedBound.ts';
import { bitsPerDim } from '../../../core/likelihood/units.ts';
import { type ChainStep, chainStep } from '../../../core/posterior.ts';
import { learnedRangeLogVariance } from '../../../core/reverseStep.ts';
import type { BoundOf, BoundSide, BoundTerms } from '../../../protocol/protocol.ts';
import type { GaussianExperiment } from '../experiment.ts';
import type { LevelPoints } from './levelPoints.ts';
import type { Prediction } from './predictor.ts';
import { addTo, affine, emptySample, meanOf, type Sample, totalOf } from './runningMean.ts';
import type { TermMeter } from './termMeter.ts';

/** ln σ² of the reverse step, for each point and axis or one for all; null where the network has learned none. */
type LogVarianceOf = (step: ChainStep, prediction: Prediction) => number | Float64Array | null;

const VARIANCES: Readonly<Record<Exclude<BoundOf['variance'], 'optimal'>, LogVarianceOf>> = {
  beta: (step) => Math.log(step.largeVariance),
  'beta-tilde': (step) => step.logVarianceClipped,
  learned: (step, { variance }) => variance && learnedRangeLogVariance(step, Float64Array.from(variance)),
};

/**
 * The terms of a chain's bound (Ho et al. 2020, Eq. 5), for each variance that its reverse steps may have. Beside the
 * learned variance, the exact answer has the best one there is; the optimal one is the best of one number for all points and axes.
 */
export function boundMeter({ betas, task, standardization }: GaussianExperiment): TermMeter<BoundTerms> {
  const tables = chainTables(betas);
  const nSteps = betas.length;
  const names: readonly (keyof typeof VARIANCES)[] = task.objective.learnsVariance
    ? ['learned', 'beta', 'beta-tilde']
    : ['beta', 'beta-tilde'];
  const samples = () => Array.from({ length: nSteps }, emptySample);
  const bounds = names.map((variance) => ({ variance, model: samples(), exact: samples() }));
  /** (μ̃ − μ_θ)², summed over both coordinates: which variance is the best is known when all is added. */
  const squares = { model: samples(), exact: samples() };
  // The bound of −ln p(x_0) is in scaled units; per unit of the data, p is so many times smaller.
  const toDataUnits = 2 * Math.log(standardization.scale);
  const prior = expectedPriorTerm(tables, 1);

  const side = (terms: readonly Sample[]): BoundSide => ({
    terms: Float32Array.from(terms, (term, k) => bitsPerDim(meanOf(term) + (k === 0 ? toDataUnits : 0))),
    total: totalOf(terms, prior + toDataUnits),
  });
  const withOptimal = (terms: readonly Sample[]): BoundSide =>
    side(
      terms.map((square, level) => {
        const t = level + 1;
        const logVariance = optimalLogVarianceOfAll(tables, t, meanOf(square) / 2);
        return affine(square, 2 * termOf(tables, t)(0, logVariance), Math.exp(-logVariance) / 2);
      }),
    );
  return {
    times: Float64Array.from(betas, (_, i) => (i + 1) / nSteps),
    add(level, { posterior }: LevelPoints, prediction) {
      const t = level + 1;
      const step = chainStep(tables, t);
      const ofModel = expectedSquares(tables, t, posterior, prediction.x0Hat);
      const ofExact = expectedSquares(tables, t, posterior, posterior.mean);
      addTo(squares.model[level]!, inPairs(ofModel));
      addTo(squares.exact[level]!, inPairs(ofExact));
      for (const { variance, model, exact } of bounds) {
        const logVariance = VARIANCES[variance](step, prediction);
        if (logVariance === null) throw new Error('The network was to learn a variance, and has none.');
        const best =
          variance === 'learned' ? optimalLogVarianceOf(tables, t, posterior.variance) : logVariance;
        addTo(model[level]!, boundOfSquares(tables, t, ofModel, logVariance));
        addTo(exact[level]!, boundOfSquares(tables, t, ofExact, best));
      }
    },
    report: (): BoundTerms => ({
      kind: 'bound',
      prior: bitsPerDim(prior),
      of: [
        ...bounds.map(({ variance, model, exact }) => ({ variance, model: side(model), exact: side(exact) })),
        { variance: 'optimal', model: withOptimal(squares.model), exact: withOptimal(squares.exact) },
      ],
    }),
  };
}

/** [n] sums over the coordinates of each point. */
const inPairs = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: values.length / 2 }, (_, i) => values[2 * i]! + values[2 * i + 1]!);

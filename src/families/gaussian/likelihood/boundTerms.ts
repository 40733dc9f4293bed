import { chainTables } from '../../../core/chain.ts';
import {
  expectedBoundStep,
  expectedPriorTerm,
  optimalLogVarianceOf,
} from '../../../core/likelihood/expectedBound.ts';
import { bitsPerDim } from '../../../core/likelihood/units.ts';
import { type ChainStep, chainStep } from '../../../core/posterior.ts';
import { learnedRangeLogVariance } from '../../../core/reverseStep.ts';
import type { BoundOf, BoundSide, BoundTerms } from '../../../protocol/protocol.ts';
import type { GaussianExperiment } from '../experiment.ts';
import type { LevelPoints } from './levelPoints.ts';
import type { Prediction } from './predictor.ts';
import { addTo, emptySample, meanOf, type Sample, totalOf } from './runningMean.ts';
import type { TermMeter } from './termMeter.ts';

/** ln σ² of the reverse step, for each point and axis or one for all; null where the network has learned none. */
type LogVarianceOf = (step: ChainStep, prediction: Prediction) => number | Float64Array | null;

const VARIANCES: Readonly<Record<BoundOf['variance'], LogVarianceOf>> = {
  beta: (step) => Math.log(step.largeVariance),
  'beta-tilde': (step) => step.logVarianceClipped,
  learned: (step, { variance }) => variance && learnedRangeLogVariance(step, Float64Array.from(variance)),
};

/**
 * The terms of a chain's bound (Ho et al. 2020, Eq. 5), for each variance that its reverse steps may have. Beside the
 * learned variance, the exact answer has the best one there is.
 */
export function boundMeter({ betas, task, standardization }: GaussianExperiment): TermMeter<BoundTerms> {
  const tables = chainTables(betas);
  const nSteps = betas.length;
  const names: readonly BoundOf['variance'][] = task.objective.learnsVariance
    ? ['learned', 'beta', 'beta-tilde']
    : ['beta', 'beta-tilde'];
  const samples = () => Array.from({ length: nSteps }, emptySample);
  const bounds = names.map((variance) => ({ variance, model: samples(), exact: samples() }));
  // The bound of −ln p(x_0) is in scaled units; per unit of the data, p is so many times smaller.
  const toDataUnits = 2 * Math.log(standardization.scale);
  const prior = expectedPriorTerm(tables, 1);

  const side = (terms: readonly Sample[]): BoundSide => ({
    terms: Float32Array.from(terms, (term, k) => bitsPerDim(meanOf(term) + (k === 0 ? toDataUnits : 0))),
    total: totalOf(terms, prior + toDataUnits),
  });
  return {
    times: Float64Array.from(betas, (_, i) => (i + 1) / nSteps),
    add(level, { posterior }: LevelPoints, prediction) {
      const t = level + 1;
      const step = chainStep(tables, t);
      for (const { variance, model, exact } of bounds) {
        const logVariance = VARIANCES[variance](step, prediction);
        if (logVariance === null) throw new Error('The network was to learn a variance, and has none.');
        const best =
          variance === 'learned' ? optimalLogVarianceOf(tables, t, posterior.variance) : logVariance;
        addTo(model[level]!, expectedBoundStep(tables, t, posterior, prediction.x0Hat, logVariance));
        addTo(exact[level]!, expectedBoundStep(tables, t, posterior, posterior.mean, best));
      }
    },
    report: (): BoundTerms => ({
      kind: 'bound',
      prior: bitsPerDim(prior),
      of: bounds.map(({ variance, model, exact }) => ({ variance, model: side(model), exact: side(exact) })),
    }),
  };
}

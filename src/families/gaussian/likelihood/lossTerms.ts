import type { LossTerms } from '../../../protocol/protocol.ts';
import { errorWeight } from '../errorWeight.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { addTo, emptySample, meanOf } from './runningMean.ts';
import type { TermMeter } from './termMeter.ts';

/** Levels to look at where there is no chain, evenly over those that the network is taught. */
const MOST_LEVELS = 64;

/**
 * The training loss by noise level, beside that of the exact answer.
 * @param everyLevel whether to look at all levels, as the bound of a chain does
 */
export function lossMeter(experiment: GaussianExperiment, everyLevel: boolean): TermMeter<LossTerms> {
  const { trainingLevels } = experiment;
  const { nLevels } = trainingLevels.objective;
  const count = everyLevel ? nLevels : Math.min(MOST_LEVELS, nLevels);
  const chosen = Array.from({ length: count }, (_, k) =>
    Math.round((k * (nLevels - 1)) / Math.max(1, count - 1)),
  );
  const times = Float64Array.from(chosen, (level) => trainingLevels.times[level]!);
  const model = chosen.map(emptySample);
  const exact = chosen.map(emptySample);
  return {
    times,
    add(level, { posterior: { mean, variance } }, { x0Hat }) {
      const weight = errorWeight(experiment, chosen[level]!);
      addTo(
        model[level]!,
        mean.map((value, i) => weight * (variance[i]! + (value - x0Hat[i]!) ** 2)),
      );
      addTo(
        exact[level]!,
        variance.map((value) => weight * value),
      );
    },
    report: (): LossTerms => ({
      kind: 'loss',
      times: Float32Array.from(times),
      model: Float32Array.from(model, meanOf),
      exact: Float32Array.from(exact, meanOf),
    }),
  };
}

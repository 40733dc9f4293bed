import { type LossFollower, lossFollower } from '../../backends/lossFollower.ts';
import { noiseLevel } from '../../backends/network.ts';
import { LEAST_ALPHA, type Objective, objectiveOf } from '../../backends/objective.ts';
import { slopeLossOf } from '../../core/losses/trained.ts';
import { parameterizations } from '../../core/parameterizations/index.ts';
import type { Process } from '../../core/processes/process.ts';
import { timeSamplings } from '../../core/timeSampling/index.ts';
import type { Rng } from '../../core/types.ts';
import { weightings } from '../../core/weightings/index.ts';
import { parametersOf } from '../../experiment/parametersCodec.ts';
import { followsSchedule, isChain } from '../../experiment/scheduled.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';

/** What a network is taught: at which noise levels, to answer what, with which weight. */
export interface TrainingLevels {
  /** Whether the levels are the T steps of a β schedule; another process has a clock of its own. */
  readonly hasChain: boolean;
  /** [nLevels] increasing times of the levels. */
  readonly times: Float64Array;
  readonly objective: Objective;
  /** The level below any time, for answers that are about a step. */
  previousTime(t: number): number;
  /** [n] indices of levels for a batch. */
  drawLevels(n: number, rng: Rng): Uint32Array;
  /**
   * A follower of the losses that has heard of none yet; null where times are drawn whatever they are.
   * @param objective what is trained: that of the levels, or with classes
   */
  followLosses(objective: Objective): LossFollower | null;
}

/** Levels of a process that has no chain of its own: even in the network's view of the noise. */
const N_LEVELS = 1000;
/** The least noise they have, σ/α: EDM's σ_min (Karras et al. 2022, Table 1), or half of all there is. */
const LEAST_NOISE = 0.002;

/** The levels of a config; its process as `processOf` gives it. */
export function trainingLevelsOf(config: ExperimentConfig, process: Process): TrainingLevels {
  const { nChain } = config;
  const scheduled = followsSchedule(config.process);
  const levels = scheduled ? chainLevels(nChain) : evenLevels(process);
  const { times } = levels;
  const newSampler = () =>
    timeSamplings
      .get(config.timeSampling)
      .build(
        { process, nChain: scheduled ? nChain : null, low: scheduled ? 0 : times[0]! },
        parametersOf(`time-sampling.${config.timeSampling}`, config.parameters),
      );
  const drawn = newSampler();
  const slopeLoss = slopeLossOf(config.loss);
  const denoising = objectiveOf({
    process,
    times,
    below: levels.below,
    output: parameterizations.get(config.output),
    weighting: weightings.get(config.weighting),
    parameters: parametersOf(`weighting.${config.weighting}`, config.parameters),
    learnsVariance: config.learnedVariance && isChain(config.process),
  });
  const objective: Objective = slopeLoss ? { ...denoising, slopeLoss } : denoising;
  return {
    hasChain: scheduled,
    times,
    previousTime: levels.below,
    objective,
    drawLevels(n, rng) {
      const { times: drawnTimes } = drawn.draw(n, rng);
      const indices = new Uint32Array(n);
      for (let i = 0; i < n; i++) indices[i] = levels.index(drawnTimes[i]!);
      return indices;
    },
    followLosses: (trained) => lossFollower({ sampler: newSampler(), objective: trained, ...levels }),
  };
}

interface Levels {
  readonly times: Float64Array;
  /** [nLevels + 1] where the times of one level end and those of the next begin. */
  readonly edges: Float64Array;
  /** The level nearest to a time. */
  index(t: number): number;
  /** The time of the level below. */
  below(t: number): number;
}

/** t = i/T for i = 1…T. */
function chainLevels(nChain: number): Levels {
  return {
    times: Float64Array.from({ length: nChain }, (_, i) => (i + 1) / nChain),
    edges: Float64Array.from({ length: nChain + 1 }, (_, i) => i / nChain),
    index: (t) => Math.min(nChain, Math.max(1, Math.round(t * nChain))) - 1,
    below: (t) => Math.max(0, t - 1 / nChain),
  };
}

function evenLevels(process: Process): Levels {
  const ratioAt = (t: number) => {
    const { alpha, sigma } = process.kernel(t);
    return sigma / alpha;
  };
  const viewOf = (ratio: number) => noiseLevel({ alpha: 1, sigma: ratio });
  const low = viewOf(Math.max(ratioAt(0), Math.min(LEAST_NOISE, ratioAt(1) / 2)));
  const high = viewOf(Math.min(1 / LEAST_ALPHA, ratioAt(1)));
  const step = (high - low) / N_LEVELS;
  const timeOf = (view: number) => process.timeOf(Math.exp(2 * Math.tan((Math.PI / 2) * view)));
  const times = Float64Array.from({ length: N_LEVELS }, (_, i) =>
    timeOf(Math.min(high, low + (i + 1) * step)),
  );
  return {
    times,
    edges: Float64Array.from({ length: N_LEVELS + 1 }, (_, i) => {
      if (i === 0) return times[0]!;
      return i < N_LEVELS ? timeOf(low + (i + 0.5) * step) : 1;
    }),
    index(t) {
      const nearest = Math.round((viewOf(ratioAt(t)) - low) / step) - 1;
      return Math.min(N_LEVELS - 1, Math.max(0, nearest));
    },
    below(t) {
      const view = Math.min(high, viewOf(ratioAt(t))) - step;
      return view > low - step / 2 ? timeOf(Math.max(low, view)) : 0;
    },
  };
}

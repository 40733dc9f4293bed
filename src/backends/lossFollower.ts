import type { TimeSampler } from '../core/timeSampling/timeSampling.ts';
import { type LevelDraws, unevenDraws } from './levelDraws.ts';
import type { Objective } from './objective.ts';

/** Draws of t that follow the losses. */
export interface LossFollower {
  /** [nBins] indices of the noise levels whose losses it wants to know. */
  readonly levels: Uint32Array;
  /** How many of each. */
  readonly lossesPerLevel: number;
  /**
   * What the losses make of the draws, which leave the expected loss as it is.
   * @param losses [nBins][lossesPerLevel] of single examples, weighted as the objective has it
   */
  learn(losses: Float64Array): LevelDraws;
}

export interface FollowerOptions {
  readonly sampler: TimeSampler;
  readonly objective: Objective;
  /** Level nearest to a time. */
  readonly index: (t: number) => number;
  /** [nLevels + 1] increasing: the times from edges[l] to edges[l + 1] are those of level l. */
  readonly edges: Float64Array;
}

/** Null where the sampler does not listen to losses. @param options its sampler must be nobody else's */
export function lossFollower({ sampler, objective, index, edges }: FollowerOptions): LossFollower | null {
  const { lossAware } = sampler;
  if (!lossAware) return null;
  const { times, history } = lossAware;
  const shares = (): Float64Array => {
    const distribution = lossAware.distribution();
    const below = edges.map(distribution);
    return Float64Array.from({ length: objective.nLevels }, (_, l) => below[l + 1]! - below[l]!);
  };
  const meant = shares();
  return {
    levels: Uint32Array.from(times, index),
    lossesPerLevel: history,
    learn(losses) {
      sampler.learn(
        Float64Array.from(losses, (_, i) => times[Math.floor(i / history)]!),
        losses,
      );
      return unevenDraws(objective, meant, shares());
    },
  };
}

import type { Rng, Vector } from '../core/types.ts';
import type { NetworkShape } from './network.ts';
import type { Objective } from './objective.ts';

/** What there is to learn: the same for all engines. */
export interface Task {
  readonly shape: NetworkShape;
  readonly objective: Objective;
  /** The training set, [n][2], scaled units, at least one point. */
  readonly points: Vector;
  /** [n] the class 1…K of each point; read where the shape has classes. */
  readonly labels?: Uint8Array;
  /** Registry id of the way in which times are drawn: how engines that draw for themselves spread them. */
  readonly timeSampling: string;
  /** [n] indices of the noise levels of a batch. */
  drawLevels(n: number, rng: Rng): Uint32Array;
}

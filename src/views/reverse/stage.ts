import type { Condition } from '../../experiment/conditions/types.ts';
import type { AskedClass, StageBase } from '../types.ts';

export interface ReverseStage extends StageBase, AskedClass {
  readonly kind: 'reverse';
  /** Registry id of the sampler. */
  readonly sampler: string;
  /** Steps S, 1…2T (1…T of DDPM); a list, or a sampler that chooses its own, has its own number. */
  readonly nSteps: number;
  readonly eta: number;
  /** 'learned' where the network has learned one. */
  readonly variance: 'beta' | 'beta-tilde' | 'learned' | 'optimal';
  /** Registry id of the time grid τ. */
  readonly timeGrid: string;
  /** The trained network, or the exact E[x_0|x_t] of the data ("oracle"). */
  readonly denoiser: 'learned' | 'exact';
  /** Steps of the chain listed by hand, increasing; read by the time grid 'list'. */
  readonly tau: readonly number[];
  /** Registry id of the way x̂₀ is kept within the data's range. */
  readonly clip: string;
  /** Whether it ends on E[x_0|x_t] where the process keeps some noise at t = 0. */
  readonly tweedie: boolean;
  /** From noise to samples; or fresh data encoded as noise, by samplers that add none (`isEncoding`): others sample. */
  readonly direction: 'sample' | 'encode';
  /** What the samples are to fulfil, and in which way; null for nothing. */
  readonly condition: Condition | null;
  /** Numbers of the sampler, the time grid and the clipping that differ from their initial values, by name. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** Settings of a reverse process that may be left out: they are then as in a new stage. */
type RareSettings =
  | 'tau'
  | 'clip'
  | 'tweedie'
  | 'direction'
  | 'ofClass'
  | 'guidance'
  | 'condition'
  | 'run'
  | 'parameters';

/** How a reverse process is run. */
export type ReverseRun = Omit<ReverseStage, 'id' | 'layers' | RareSettings> &
  Partial<Pick<ReverseStage, RareSettings>>;

export type ReverseRequest = ReverseRun & {
  /** Also carry a regular grid of x_T through the same sampler (the deforming mesh). */
  readonly mesh: boolean;
};

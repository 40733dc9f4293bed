import type { RunRequest } from '../runRequest.ts';

/** A score field on a grid, as the engine is asked for it. */
export interface ScoreRequest extends RunRequest {
  readonly kind: 'score';
  readonly source: 'learned' | 'exact';
  /** How far a step of the chain moves the mean, in the score's place. */
  readonly field?: 'drift';
  /** 1…K, or left out for any. */
  readonly ofClass?: number;
  /** w of classifier-free guidance, 0 where left out. */
  readonly guidance?: number;
}

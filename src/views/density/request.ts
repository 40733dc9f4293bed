import type { Condition } from '../../experiment/conditions/types.ts';
import type { RunRequest } from '../runRequest.ts';

/** A density on a grid, as the engine is asked for it. */
export interface DensityRequest extends RunRequest {
  readonly kind: 'density';
  readonly source: 'learned' | 'exact';
  /** 1…K, or left out for any. */
  readonly ofClass?: number;
  /** The exact density under a condition, whatever its way; left out for none. */
  readonly condition?: Condition;
}

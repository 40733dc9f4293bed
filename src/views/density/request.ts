/** A density on a grid, as the engine is asked for it. */
export interface DensityRequest {
  readonly kind: 'density';
  readonly source: 'learned' | 'exact';
  /** 1…K, or left out for any. */
  readonly ofClass?: number;
}

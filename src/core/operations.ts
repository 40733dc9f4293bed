import type { Threshold } from './types.ts';

/** One thing done to places, each of which holds a batch of points. */
export type OperationOn<Place> =
  /** to = E[x₀|x_t = from] */
  | { readonly kind: 'denoise'; readonly to: Place; readonly from: Place; readonly t: number }
  /** to = Σ coef·x */
  | {
      readonly kind: 'combine';
      readonly to: Place;
      readonly terms: readonly (readonly [coef: number, x: Place])[];
    }
  /** to = standard normal noise of the key */
  | { readonly kind: 'noise'; readonly to: Place; readonly key: number }
  /** to = noise⊙Σ^½ with the variance learned at x_t = from */
  | {
      readonly kind: 'learned-noise';
      readonly to: Place;
      readonly from: Place;
      readonly t: number;
      readonly logLow: number;
      readonly logHigh: number;
      readonly noise: Place;
    }
  | { readonly kind: 'threshold'; readonly to: Place; readonly from: Place; readonly how: Threshold }
  /** Copies what is wanted in the end. */
  | { readonly kind: 'keep'; readonly from: Place; readonly slot: number };

/** On numbered places. */
export type Operation = OperationOn<number>;

/** One reverse step from a place of the picture, as the engine is asked for it: what is exactly known, or what the network answers there. */
export type OneStepRequest =
  | {
      readonly kind: 'one-step';
      readonly source: 'exact';
      /** The place, data units as drawn. */
      readonly x: number;
      readonly y: number;
      /** Steps of the whole way: this one goes from t to t − 1/nSteps. */
      readonly nSteps: number;
      /** DDIM's η. */
      readonly eta: number;
    }
  | { readonly kind: 'one-step'; readonly source: 'learned'; readonly x: number; readonly y: number };

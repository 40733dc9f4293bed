import type { RunRequest } from '../runRequest.ts';

interface Place extends RunRequest {
  readonly kind: 'one-step';
  /** Where x_t is, data units as drawn. */
  readonly x: number;
  readonly y: number;
}

/** One reverse step from a place of the picture, as the engine is asked for it: what is exactly known, or what the network answers there. */
export type OneStepRequest =
  | (Place & {
      readonly source: 'exact';
      /** Steps of the whole way: this one goes from t to t − 1/nSteps. */
      readonly nSteps: number;
      /** DDIM's η. */
      readonly eta: number;
    })
  | (Place & { readonly source: 'learned' });

import { bayesFloor } from '../exact/bayesFloor.ts';
import { allAtOnce, type InPieces } from '../inPieces.ts';
import { createRng } from '../rng.ts';
import type { Density } from '../types.ts';
import type { LogSnrEnds } from './learned.ts';
import { sigmoid } from './monotoneNet.ts';

/** How the loss of a perfect network spreads over noise levels, whatever the schedule. */
export interface LossCurve {
  /** [n] γ = −ln SNR, rising from one end of the schedule to the other, n ≥ 2 */
  readonly gamma: Float64Array;
  /** [n] what one unit of γ adds to the bound per coordinate, ½E‖ε − E[ε|x_t]‖², nats; at least 0, not 0 everywhere */
  readonly loss: Float64Array;
}

const N_LEVELS = 28;
const N_DRAWS = 96;

/**
 * The curve of a data set, from the exact posterior covariance. In continuous time the bound is ½∫ E‖ε − ε̂‖² dγ
 * (Kingma et al. 2021, §5): it does not depend on the schedule, but how it spreads over t does.
 * Every level uses the same random numbers, so that the curve is smooth and the same every time.
 * @param density in units of variance 1
 */
export const lossCurve = (density: Density, ends: LogSnrEnds): LossCurve =>
  allAtOnce(lossCurveInPieces(density, ends));

/** The same in pieces of some milliseconds, for a thread that has other things to do. */
export function* lossCurveInPieces(
  density: Density,
  { logSnrMax, logSnrMin }: LogSnrEnds,
): InPieces<LossCurve> {
  const gamma = Float64Array.from(
    { length: N_LEVELS },
    (_, i) => -logSnrMax + (i * (logSnrMax - logSnrMin)) / (N_LEVELS - 1),
  );
  const loss = new Float64Array(N_LEVELS);
  for (const [i, value] of gamma.entries()) {
    const kernel = { alpha: Math.sqrt(sigmoid(-value)), sigma: Math.sqrt(sigmoid(value)) };
    const ofEps = kernel.alpha / kernel.sigma;
    loss[i] = bayesFloor(density, kernel, ofEps, N_DRAWS, createRng(1)).value / 2;
    yield;
  }
  return { gamma, loss };
}

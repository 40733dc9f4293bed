import { requirePositive } from '../check.ts';
import type { NoiseLevelOptions } from './types.ts';

/** The range and ρ of EDM (Karras et al. 2022, Table 1); β(t) of score_sde's VP process (Song et al. 2021, App. C). */
export const DEFAULTS: NoiseLevelOptions = {
  sigmaMin: 0.002,
  sigmaMax: 80,
  rho: 7,
  betaD: 19.9,
  betaMin: 0.1,
  epsS: 1e-3,
};

/** @throws RangeError unless 0 < sigmaMin < sigmaMax < ∞ */
export function requireSigmaRange({
  sigmaMin,
  sigmaMax,
}: Pick<NoiseLevelOptions, 'sigmaMin' | 'sigmaMax'>): void {
  requirePositive('sigmaMin', sigmaMin);
  requirePositive('sigmaMax', sigmaMax);
  if (!(sigmaMin < sigmaMax)) {
    throw new RangeError(`sigmaMax must be greater than sigmaMin = ${sigmaMin}, not ${sigmaMax}.`);
  }
}

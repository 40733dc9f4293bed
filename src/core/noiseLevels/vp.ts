import { requireBetween, requirePositive } from '../check.ts';
import { DEFAULTS, requireSigmaRange } from './options.ts';
import type { NoiseLevelOptions, NoiseLevels } from './types.ts';

/**
 * σ/α of the variance-preserving process at equal steps of time from t = 1 to ε_s (Karras et al. 2022, Table 1, 'VP';
 * k-diffusion's `get_sigmas_vp`).
 */
export const vp: NoiseLevels = {
  id: 'vp',
  label: 'VP',
  summary: 'The noise, over the signal left, of the variance-preserving process at equal steps of its time.',
  equation: String.raw`\sigma(t) = \sqrt{e^{\frac12\beta_d t^2 + \beta_\text{min} t} - 1},\quad t = 1 + u\,(\epsilon_s - 1)`,
  uses: ['betaD', 'betaMin', 'epsS'],
  defaults: DEFAULTS,
  sigma(u, { betaD, betaMin, epsS }) {
    requireBetween('The place u on the curve', u, 0, 1);
    requirePositive('betaD', betaD);
    requirePositive('betaMin', betaMin);
    requireLastTime(epsS);
    const t = 1 + u * (epsS - 1);
    return Math.sqrt(Math.expm1((betaD * t ** 2) / 2 + betaMin * t));
  },
};

/**
 * The β_d and β_min with which `vp` runs from sigmaMax to sigmaMin (Karras et al. 2022, App. C.1; `generate.py` of EDM).
 * @throws RangeError when no increasing β(t) does
 */
export function vpBetas({
  sigmaMin,
  sigmaMax,
  epsS,
}: Pick<NoiseLevelOptions, 'sigmaMin' | 'sigmaMax' | 'epsS'>): { betaD: number; betaMin: number } {
  requireSigmaRange({ sigmaMin, sigmaMax });
  requireLastTime(epsS);
  const betaD = (2 * (Math.log1p(sigmaMin ** 2) / epsS - Math.log1p(sigmaMax ** 2))) / (epsS - 1);
  const betaMin = Math.log1p(sigmaMax ** 2) - betaD / 2;
  if (!(betaD > 0 && betaMin > 0)) {
    throw new RangeError(
      `No VP process with increasing beta runs from sigmaMax = ${sigmaMax} to sigmaMin = ${sigmaMin} at epsS = ${epsS}: ` +
        'sigmaMin must be smaller for a positive betaD, or larger for a positive betaMin.',
    );
  }
  return { betaD, betaMin };
}

function requireLastTime(epsS: number): void {
  if (!(epsS > 0 && epsS < 1)) throw new RangeError(`epsS must lie between 0 and 1, not ${epsS}.`);
}

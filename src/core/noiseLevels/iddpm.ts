import { requireBetween, requireInteger, requirePositive } from '../check.ts';
import { roundHalfToEven } from '../roundHalfToEven.ts';
import { requireSigmaRange } from './options.ts';
import { requireLevels } from './requireLevels.ts';

export interface IddpmLevelOptions {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
  /** Steps M of the cosine schedule that the levels are picked from. */
  readonly nChain: number;
  /** α_t is kept at or above this, in (0,1). */
  readonly c1: number;
  /** The offset s of the cosine schedule, in [0,1]. */
  readonly c2: number;
  /** Of the sines: 'float32' as EDM's `generate.py` takes them, or 'float64'. The least level differs by 5e-4 of itself. */
  readonly precision: 'float32' | 'float64';
}

export const IDDPM_DEFAULTS: IddpmLevelOptions = {
  sigmaMin: 0.002,
  sigmaMax: 81,
  nChain: 1000,
  c1: 0.001,
  c2: 0.008,
  precision: 'float32',
};

/**
 * Noise levels picked evenly from those of the cosine schedule (Karras et al. 2022, Table 1, 'iDDPM').
 * @param nLevels n ≥ 2, at most the number of levels within the range
 * @returns [n + 1] decreasing (strictly so in float64), the last 0
 */
export function iddpmLevels(nLevels: number, options: Partial<IddpmLevelOptions> = {}): Float64Array {
  const { sigmaMin, sigmaMax, ...chain } = { ...IDDPM_DEFAULTS, ...options };
  requireSigmaRange({ sigmaMin, sigmaMax });
  const within = cosineLevels(chain).filter((level) => level >= sigmaMin && level <= sigmaMax);
  requireLevels(nLevels, within.length);
  const picked = new Float64Array(nLevels + 1);
  for (let i = 0; i < nLevels; i++) {
    picked[i] = within[roundHalfToEven(((within.length - 1) / Math.max(1, nLevels - 1)) * i)]!;
  }
  return picked;
}

/** u_0 > … > u_M = 0 by u_{j−1} = √((u_j² + 1)/max(ᾱ_{j−1}/ᾱ_j, C_1) − 1), with ᾱ_j = sin²(½π j/(M(C_2 + 1))). */
function cosineLevels({ nChain, c1, c2, precision }: Omit<IddpmLevelOptions, 'sigmaMin' | 'sigmaMax'>) {
  requireInteger('The number of steps M of the chain', nChain, 1, 100_000);
  requirePositive('c1', c1);
  requireBetween('c1', c1, 0, 1);
  requireBetween('c2', c2, 0, 1);
  const round = roundingOf(precision);
  const alphaBar = (j: number) => {
    const angle = round(round(round(round(0.5 * Math.PI) * j) / nChain) / round(c2 + 1));
    return round(round(Math.sin(angle)) ** 2);
  };
  const levels = new Float64Array(nChain + 1);
  for (let j = nChain; j > 0; j--) {
    const ratio = Math.max(round(alphaBar(j - 1) / alphaBar(j)), c1);
    levels[j - 1] = Math.sqrt((levels[j]! ** 2 + 1) / ratio - 1);
  }
  return levels;
}

function roundingOf(precision: 'float32' | 'float64'): (x: number) => number {
  if (precision === 'float32') return Math.fround;
  if (precision === 'float64') return (x) => x;
  throw new RangeError(`The precision must be 'float32' or 'float64', not '${precision}'.`);
}

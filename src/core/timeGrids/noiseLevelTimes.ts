import { requirePositive } from '../check.ts';
import { geometric } from '../noiseLevels/geometric.ts';
import { levelsOf } from '../noiseLevels/index.ts';
import { karras } from '../noiseLevels/karras.ts';
import type { NoiseLevels } from '../noiseLevels/types.ts';
import type { ForwardProcess } from '../types.ts';

/** Halvings of [0,1] after which float64 has no number left between the ends, but close to 0. */
const HALVINGS = 80;

/**
 * The time at which a process has a noise level σ/α, by bisection.
 * @param level positive; at most that of t = 1. A level below that of t = 0 gives 0
 * @returns t ∈ [0,1]
 */
export function timeOfNoiseLevel(process: ForwardProcess, level: number): number {
  requirePositive('A noise level', level);
  const most = noiseLevel(process, 1);
  if (level > most)
    throw new RangeError(`A noise level must be at most ${most}, that of t = 1, not ${level}.`);
  let [low, high] = [0, 1];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (noiseLevel(process, middle) < level) low = middle;
    else high = middle;
  }
  return level === most ? 1 : low === 0 ? 0 : high;
}

export interface LevelTimesOptions {
  /** The last time before 0, in (0,1): 1/T for a chain of T steps. */
  readonly tMin: number;
  /** Of a family that has it; its own default when left out. */
  readonly rho?: number;
}

/**
 * The times at which a process has the noise levels of a family that runs from σ/α at t = 1 to σ/α at tMin. Where no
 * signal is left at t = 1 (σ/α = ∞), the levels run from that of t = 1 − tMin, and t = 1 stands in place of the first.
 * @param family one with sigmaMin and sigmaMax
 * @param nSteps S, 1…100 000
 * @returns [S + 1] strictly decreasing: 1, …, tMin, 0 (1, 0 when S is 1)
 * @throws RangeError when tMin is not in (0,1), or S is so great that two times coincide
 */
export function noiseLevelTimes(
  family: NoiseLevels,
  process: ForwardProcess,
  nSteps: number,
  { tMin, rho = family.defaults.rho }: LevelTimesOptions,
): number[] {
  if (!(tMin > 0 && tMin < 1)) throw new RangeError(`tMin must lie between 0 and 1, not ${tMin}.`);
  if (!family.uses.includes('sigmaMax')) {
    throw new RangeError(`The noise levels '${family.id}' have no range to fit to a process.`);
  }
  const [sigmaMin, last] = [noiseLevel(process, tMin), noiseLevel(process, 1)];
  const sigmaMax = last < Infinity ? last : noiseLevel(process, Math.max(1 - tMin, (1 + tMin) / 2));
  const levels = levelsOf(family, nSteps, { sigmaMin, sigmaMax, rho });
  const inner = levels.subarray(1, Math.max(1, nSteps - 1));
  const times = [1, ...Array.from(inner, (level) => timeOfNoiseLevel(process, level))];
  if (nSteps > 1) times.push(tMin);
  times.push(0);
  if (times.some((t, k) => k > 0 && t >= times[k - 1]!)) {
    throw new RangeError(`${nSteps} steps are too many to tell their times apart.`);
  }
  return times;
}

/** Equal steps in the log-SNR, ln(α²/σ²): the grid of DPM-Solver (Lu et al. 2022), and then t = 0. */
export function logSnrTimes(process: ForwardProcess, nSteps: number, tMin: number): number[] {
  return noiseLevelTimes(geometric, process, nSteps, { tMin });
}

/** EDM's grid (Karras et al. 2022, Eq. 5) in the times of a process. @param rho 7 when left out */
export function karrasTimes(
  process: ForwardProcess,
  nSteps: number,
  tMin: number,
  rho: number = karras.defaults.rho,
): number[] {
  return noiseLevelTimes(karras, process, nSteps, { tMin, rho });
}

function noiseLevel(process: ForwardProcess, t: number): number {
  const { alpha, sigma } = process.kernel(t);
  return sigma / alpha;
}

import { requireInteger } from '../check.ts';
import type { ScheduleOptions } from '../types.ts';

/** Most steps a chain may have; the tables stay small and every β representable. */
export const MAX_CHAIN_STEPS = 100_000;

/** β is kept at or below this, so that ᾱ_T > 0 (Nichol & Dhariwal 2021, §3.2). */
const MAX_BETA = 0.999;

/** DDPM's range of β, defined for T = 1000 (Ho et al. 2020, §4). */
const FIRST_BETA = 1e-4;
const LAST_BETA = 0.02;

/** @throws RangeError unless nSteps is a whole number of steps a chain can have */
export function requireChainLength(nSteps: number): void {
  requireInteger('The number of steps T of the chain', nSteps, 1, MAX_CHAIN_STEPS);
}

/** The ends β_1, β_T of DDPM's range; times 1000/T when rescaled. They can exceed 1 below T = 20. */
export function ddpmRange(
  nSteps: number,
  { rescale }: ScheduleOptions,
): readonly [first: number, last: number] {
  requireChainLength(nSteps);
  const scale = rescale ? 1000 / nSteps : 1;
  return [scale * FIRST_BETA, scale * LAST_BETA];
}

/** The betas of a chain from a formula for each step i = 0…T−1, clipped to 0.999. */
export function clippedBetas(nSteps: number, beta: (i: number) => number): Float64Array {
  return Float64Array.from({ length: nSteps }, (_, i) => Math.min(beta(i), MAX_BETA));
}

/** Entry i of `nSteps` equally spaced numbers from first to last, both included; `first` when there is but one. */
export function linspace(first: number, last: number, nSteps: number, i: number): number {
  return nSteps === 1 ? first : first + (i * (last - first)) / (nSteps - 1);
}

import { requireInteger, requirePositive } from '../check.ts';
import type { ScheduleOptions } from '../types.ts';

/** Most steps a chain may have; the tables stay small and every β representable. */
export const MAX_CHAIN_STEPS = 100_000;

/** β is kept at or below this, so that ᾱ_T > 0 (Nichol & Dhariwal 2021, §3.2). */
export const MAX_BETA = 0.999;

/** The ends of a range of betas. Left out, they are those of DDPM: 1e-4 and 0.02, whatever T. */
export interface BetaRange {
  readonly first?: number;
  readonly last?: number;
}

/** DDPM's range of β, defined for T = 1000 (Ho et al. 2020, §4). */
export const FIRST_BETA = 1e-4;
export const LAST_BETA = 0.02;

/** @throws RangeError unless nSteps is a whole number of steps a chain can have */
export function requireChainLength(nSteps: number): void {
  requireInteger('The number of steps T of the chain', nSteps, 1, MAX_CHAIN_STEPS);
}

/**
 * The ends of a range for a chain of nSteps, filled in and checked. They may exceed 1, as when scaled by 1000/T below
 * T = 20: a chain refuses such betas, so clip them first.
 * @throws RangeError unless T is a chain's length and both ends are positive numbers
 */
export function betaRange(
  nSteps: number,
  { first = FIRST_BETA, last = LAST_BETA }: BetaRange,
): readonly [first: number, last: number] {
  requireChainLength(nSteps);
  requirePositive('The first beta', first);
  requirePositive('The last beta', last);
  return [first, last];
}

/** The ends β_1, β_T of a range for T = 1000, DDPM's when left out; times 1000/T when rescaled. They can exceed 1 below T = 20. */
export function ddpmRange(
  nSteps: number,
  { rescale }: ScheduleOptions,
  { first = FIRST_BETA, last = LAST_BETA }: BetaRange = {},
): Required<BetaRange> {
  requireChainLength(nSteps);
  const scale = rescale ? 1000 / nSteps : 1;
  return { first: scale * first, last: scale * last };
}

/** The betas of a chain from a formula for each step i = 0…T−1. */
export function betasOf(nSteps: number, beta: (i: number) => number): Float64Array {
  return Float64Array.from({ length: nSteps }, (_, i) => beta(i));
}

/** The betas, none above 0.999. */
export function clipped(betas: Float64Array): Float64Array {
  return betas.map((beta) => Math.min(beta, MAX_BETA));
}

/** Entry i of `nSteps` equally spaced numbers from first to last, both included; `first` when there is but one. */
export function linspace(first: number, last: number, nSteps: number, i: number): number {
  return nSteps === 1 ? first : first + (i * (last - first)) / (nSteps - 1);
}

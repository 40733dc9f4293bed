import { requireInteger } from '../check.ts';

/** Between two levels of a chain there is room for one more step. */
const FINENESS = 2;

/** The most steps S of a time grid: 2T, where times between the levels are added; one for a chain that has nothing between. */
export const mostGridSteps = (nChain: number): number => (nChain > 1 ? FINENESS * nChain : 1);

/** @throws RangeError unless S is a whole number from 1 to T */
export function requireSteps(nSteps: number, nChain: number): void {
  requireUpTo(nSteps, nChain, nChain);
}

/** @throws RangeError unless S is a whole number from 1 to 2T */
export function requireGridSteps(nSteps: number, nChain: number): void {
  requireUpTo(nSteps, nChain, mostGridSteps(nChain));
}

function requireUpTo(nSteps: number, nChain: number, most: number): void {
  requireInteger('The number of steps T of the chain', nChain, 1, Number.MAX_SAFE_INTEGER);
  requireInteger('The number of sampling steps S', nSteps, 1, most);
}

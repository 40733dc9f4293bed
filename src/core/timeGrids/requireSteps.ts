import { requireInteger } from '../check.ts';

/** @throws RangeError unless S is a whole number from 1 to T */
export function requireSteps(nSteps: number, nChain: number): void {
  requireInteger('The number of steps T of the chain', nChain, 1, Number.MAX_SAFE_INTEGER);
  requireInteger('The number of sampling steps S', nSteps, 1, nChain);
}

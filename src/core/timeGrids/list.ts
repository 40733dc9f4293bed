import { requireInteger } from '../check.ts';
import type { TimeGrid } from '../types.ts';
import { requireSteps } from './requireSteps.ts';

/**
 * The grid that is any list of a chain's steps, as DDIM's τ may be.
 * @param tau [S + 1] chain indices 0 = τ_0 < τ_1 < … < τ_S = T
 * @returns a grid for that S and T alone
 * @throws RangeError when the list is not of that form; `indices` when asked for another S or T
 */
export function listGrid(tau: readonly number[]): TimeGrid {
  if (tau.length < 2) throw new RangeError(`A list of steps needs at least 2, not ${tau.length}.`);
  if (tau[0] !== 0) throw new RangeError(`A list of steps begins with 0, the data, not ${tau[0]}.`);
  for (let i = 1; i < tau.length; i++) {
    requireInteger('A listed step', tau[i]!, 1, Number.MAX_SAFE_INTEGER);
    if (tau[i]! <= tau[i - 1]!) {
      throw new RangeError(`The listed steps must increase; ${tau[i]} comes after ${tau[i - 1]}.`);
    }
  }
  const [ownSteps, ownChain] = [tau.length - 1, tau.at(-1)!];
  return {
    id: 'list',
    label: 'List',
    indices(nSteps, nChain) {
      requireSteps(nSteps, nChain);
      if (nSteps !== ownSteps || nChain !== ownChain) {
        throw new RangeError(
          `This list has ${ownSteps} steps of a chain of ${ownChain}, not ${nSteps} of ${nChain}.`,
        );
      }
      return tau;
    },
  };
}

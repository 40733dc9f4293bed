import { requireInteger } from '../check.ts';
import type { ChainGrid, TimeGrid } from '../types.ts';
import { chainGrid, timesOfIndices } from './chainGrid.ts';
import { requireSteps } from './requireSteps.ts';

const WORDS = {
  id: 'list',
  label: 'Listed by hand',
  summary: 'The steps of the chain that you list.',
};

/**
 * The grid that is any list of a chain's steps, as DDIM's τ may be.
 * @param tau [S + 1] chain indices 0 = τ_0 < τ_1 < … < τ_S = T
 * @returns a grid for that S and T alone
 * @throws RangeError when the list is not of that form; `indices` when asked for another S or T
 */
export function listGrid(tau: readonly number[]): ChainGrid {
  if (tau.length < 2) throw new RangeError(`A list of steps needs at least 2, not ${tau.length}.`);
  if (tau[0] !== 0) throw new RangeError(`A list of steps begins with 0, the data, not ${tau[0]}.`);
  for (let i = 1; i < tau.length; i++) {
    requireInteger('A listed step', tau[i]!, 1, Number.MAX_SAFE_INTEGER);
    if (tau[i]! <= tau[i - 1]!) {
      throw new RangeError(`The listed steps must increase; ${tau[i]} comes after ${tau[i - 1]}.`);
    }
  }
  const [ownSteps, ownChain] = [tau.length - 1, tau.at(-1)!];
  return chainGrid({
    ...WORDS,
    indices(nSteps, nChain) {
      requireSteps(nSteps, nChain);
      if (nSteps !== ownSteps || nChain !== ownChain) {
        throw new RangeError(
          `This list has ${ownSteps} steps of a chain of ${ownChain}, not ${nSteps} of ${nChain}.`,
        );
      }
      return tau;
    },
  });
}

/** The grid of whatever steps are listed, without its ends 0 and T, which every path has. */
export const list: TimeGrid = {
  ...WORDS,
  parameters: [],
  times: (_, __, nChain, { tau = [] } = {}) => timesOfIndices(withEnds(tau, nChain), nChain),
};

/**
 * [S + 1] 0, the listed steps, T.
 * @param tau increasing whole numbers from 0 to T; either end may be among them
 * @throws RangeError when they are not
 */
export function withEnds(tau: readonly number[], nChain: number): readonly number[] {
  const whole = [...(tau[0] === 0 ? [] : [0]), ...tau, ...(tau.at(-1) === nChain ? [] : [nChain])];
  const { indices } = listGrid(whole);
  return indices(whole.length - 1, nChain);
}

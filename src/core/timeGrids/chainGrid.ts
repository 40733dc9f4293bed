import type { ChainGrid } from '../types.ts';
import { requireGridSteps } from './requireSteps.ts';

/**
 * A grid whose times are i/T for the chain's indices i.
 * @param between [S] where the steps end for S > T of them, in steps of the chain: from 1 up to T, since no level is asked for that has
 *   less noise than the chain's first; none of more than T when left out
 */
export function chainGrid(
  grid: Pick<ChainGrid, 'id' | 'label' | 'summary' | 'indices'>,
  between?: (nSteps: number, nChain: number) => readonly number[],
): ChainGrid {
  return {
    ...grid,
    parameters: [],
    times(_, nSteps, nChain) {
      if (between) requireGridSteps(nSteps, nChain);
      const places =
        between && nSteps > nChain ? [0, ...between(nSteps, nChain)] : grid.indices(nSteps, nChain);
      return timesOfIndices(places, nChain);
    },
  };
}

/** Increasing chain indices, or places between them, as decreasing times. */
export function timesOfIndices(indices: readonly number[], nChain: number): number[] {
  return indices.map((i) => i / nChain).reverse();
}

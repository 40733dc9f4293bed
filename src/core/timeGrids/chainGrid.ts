import type { ChainGrid } from '../types.ts';

/** A grid whose times are i/T for the chain's indices i. */
export function chainGrid(grid: Pick<ChainGrid, 'id' | 'label' | 'summary' | 'indices'>): ChainGrid {
  return {
    ...grid,
    parameters: [],
    times: (_, nSteps, nChain) => timesOfIndices(grid.indices(nSteps, nChain), nChain),
  };
}

/** Increasing chain indices as decreasing times. */
export function timesOfIndices(indices: readonly number[], nChain: number): number[] {
  return indices.map((i) => i / nChain).reverse();
}

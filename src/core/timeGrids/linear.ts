import { chainGrid } from './chainGrid.ts';
import { requireSteps } from './requireSteps.ts';

/** τ_i = round(T·i/S): equally spaced up to rounding, with both ends of the chain. */
export const linear = chainGrid({
  id: 'linear',
  label: 'Linear',
  summary: 'Equal steps of t, on the steps of the chain.',
  indices(nSteps, nChain) {
    requireSteps(nSteps, nChain);
    return Array.from({ length: nSteps + 1 }, (_, i) => Math.round((nChain * i) / nSteps));
  },
});

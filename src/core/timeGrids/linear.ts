import { chainGrid } from './chainGrid.ts';
import { requireSteps } from './requireSteps.ts';

/** τ_i = round(T·i/S): equally spaced up to rounding, with both ends of the chain; from S > T on equal ones from 1/T on, as S = T has. */
export const linear = chainGrid(
  {
    id: 'linear',
    label: 'Linear',
    summary: 'Equal steps of t, on the steps of the chain as long as it has as many.',
    indices(nSteps, nChain) {
      requireSteps(nSteps, nChain);
      return Array.from({ length: nSteps + 1 }, (_, i) => Math.round((nChain * i) / nSteps));
    },
  },
  (nSteps, nChain) => Array.from({ length: nSteps }, (_, i) => 1 + ((nChain - 1) * i) / (nSteps - 1)),
);

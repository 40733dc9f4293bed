import { chainGrid } from './chainGrid.ts';
import { requireSteps } from './requireSteps.ts';

/**
 * τ_i = round(T·(i/S)²) (Song et al. 2021, App. D.2, with both ends of the chain): small steps near the data. Where
 * squares round to the same index, the next free one is taken; T·(i/S)² + (S − i) ≤ T keeps that inside the chain.
 * S = T visits every step of the chain; what more there are cut these into parts, those next to the data first.
 */
export const quadratic = chainGrid(
  {
    id: 'quadratic',
    label: 'Quadratic',
    summary: 'Steps that shrink towards the data, on the steps of the chain as long as it has as many.',
    indices(nSteps, nChain) {
      requireSteps(nSteps, nChain);
      const tau = [0];
      for (let i = 1; i <= nSteps; i++) {
        tau.push(Math.max(tau[i - 1]! + 1, Math.round((nChain * i * i) / (nSteps * nSteps))));
      }
      return tau;
    },
  },
  (nSteps, nChain) => {
    const [gaps, more] = [nChain - 1, nSteps - nChain];
    const places = [1];
    for (let k = 1; k <= gaps; k++) {
      const parts = 1 + Math.floor(more / gaps) + (k <= more % gaps ? 1 : 0);
      for (let part = 1; part <= parts; part++) places.push(k + part / parts);
    }
    return places;
  },
);

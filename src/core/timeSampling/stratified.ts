import { parameterValues } from '../parameters.ts';
import { evenSampler, type TimeSampling } from './timeSampling.ts';

/** One draw in each of n equal strata: u_i = (i + u)/n with its own u. */
export const stratified: TimeSampling = {
  id: 'stratified',
  label: 'Stratified',
  summary: 'The range is cut into as many pieces as the batch has points, and each piece gets one.',
  equation: String.raw`t_i = \frac{i + u_i}{n},\quad u_i \sim \mathcal{U}(0,1)`,
  parameters: [],
  build(context, values = {}) {
    parameterValues([], values);
    return evenSampler(context, (n, rng) => (i) => (i + rng.uniform()) / n);
  },
};

/** The same with one u for all: mod(u + i/n, 1) (Kingma et al. 2021, §I.1). */
export const lowDiscrepancy: TimeSampling = {
  id: 'low-discrepancy',
  label: 'Low discrepancy',
  summary: 'One random shift of an even grid of times: the choice of variational diffusion models.',
  equation: String.raw`t_i = \mathrm{mod}\big(u + \tfrac{i}{n},\, 1\big),\quad u \sim \mathcal{U}(0,1)`,
  parameters: [],
  build(context, values = {}) {
    parameterValues([], values);
    return evenSampler(context, (n, rng) => {
      const shift = rng.uniform();
      return (i) => (shift + i / n) % 1;
    });
  },
};

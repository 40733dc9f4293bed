import { parameterValues } from '../parameters.ts';
import { evenSampler, type TimeSampling } from './timeSampling.ts';

/** Every time alike (Ho et al. 2020, Alg. 1). */
export const uniform: TimeSampling = {
  id: 'uniform',
  label: 'Uniform',
  summary: 'Every time is drawn alike, each point on its own.',
  equation: String.raw`t \sim \mathcal{U}\{1,\dots,T\}`,
  parameters: [],
  build(context, values = {}) {
    parameterValues([], values);
    return evenSampler(context, (_, rng) => () => rng.uniform());
  },
};

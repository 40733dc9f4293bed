import { parameterValues } from '../parameters.ts';
import { evenSampler, type TimeSampling } from './timeSampling.ts';

/** Pairs t and its mirror T + 1 − t (ermongroup/ddim, runners/diffusion.py); an odd batch drops the last mirror. */
export const antithetic: TimeSampling = {
  id: 'antithetic',
  label: 'Antithetic',
  summary: 'For every early time its late mirror is drawn too, so that a batch leans to neither side.',
  equation: 't_{i+n/2} = T + 1 - t_i',
  parameters: [],
  build(context, values = {}) {
    parameterValues([], values);
    return evenSampler(context, (n, rng) => {
      const half = Math.ceil(n / 2);
      const uniforms = Float64Array.from({ length: half }, () => rng.uniform());
      // 1 − u, kept below 1, where u is so small that it rounds to 1.
      return (i) => (i < half ? uniforms[i]! : Math.min(1 - uniforms[i - half]!, 1 - Number.EPSILON / 2));
    });
  },
};

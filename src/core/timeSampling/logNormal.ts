import { parameterValues } from '../parameters.ts';
import { requireBatch, type TimeSampling, timeFrom } from './timeSampling.ts';

const PARAMETERS = [
  {
    name: 'pMean',
    label: 'P_mean',
    hint: 'The logarithm of the noise level that is drawn most; larger trains more on strong noise.',
    initial: -1.2,
    low: -20,
    high: 20,
  },
  {
    name: 'pStd',
    label: 'P_std',
    hint: 'How far the drawn noise levels spread, as a standard deviation of their logarithm; larger reaches more of them, each less often.',
    initial: 1.2,
    low: 1e-3,
    high: 20,
  },
] as const;

/**
 * ln σ ~ N(P_mean, P_std²) (Karras et al. 2022, Table 1), for the noise-to-signal ratio σ/α; the time is where the process
 * has that ratio, at the nearer end when it never has, and at the nearest step above it in a chain. The loss is not
 * corrected for the choice, which is meant.
 */
export const logNormal: TimeSampling = {
  id: 'log-normal',
  label: 'Log-normal',
  summary: 'Noise levels crowd around the middle ones, where there is most to learn: the choice of EDM.',
  equation: String.raw`\ln\sigma \sim \mathcal{N}(P_\text{mean}, P_\text{std}^2)`,
  parameters: PARAMETERS,
  build(context, values = {}) {
    const { pMean, pStd } = parameterValues(PARAMETERS, values);
    const { process, nChain } = context;
    const first = timeFrom(context)(0);
    const ratio = (t: number) => process.kernel(t).sigma / process.kernel(t).alpha;
    const [least, most] = [ratio(first), ratio(1)];
    return {
      draw(n, rng) {
        requireBatch(n);
        const times = Float64Array.from({ length: n }, () => {
          const sigma = Math.exp(pMean + pStd * rng.normal());
          const t = process.timeOf(Math.min(most, Math.max(least, sigma)));
          return nChain === null ? t : Math.max(1, Math.ceil(t * nChain - 1e-9)) / nChain;
        });
        return { times, weights: new Float64Array(n).fill(1) };
      },
      learn() {},
    };
  },
};

import { evenIn } from './evenNoise.ts';
import type { TimeSampling } from './timeSampling.ts';

/**
 * The logarithm of noise's share σ/(α + σ) uniform between the ends of the process: where noise is weak as even in log-SNR,
 * where it drowns the data seldom. There the answer is smooth and soon learned, and what is left to learn is the detail.
 */
export const logNoise: TimeSampling = {
  id: 'log-noise',
  label: 'Even in log noise',
  summary:
    'Every factor of weak noise is practised equally often, and strong noise seldom: it is soon learned.',
  equation: String.raw`\ln\frac{\sigma_t}{\alpha_t + \sigma_t} \sim \mathcal{U}`,
  parameters: [],
  build: evenIn({ of: (ratio) => -Math.log1p(1 / ratio), ratioAt: (value) => 1 / Math.expm1(-value) }),
};

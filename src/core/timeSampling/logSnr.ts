import { evenIn } from './evenNoise.ts';
import type { TimeSampling } from './timeSampling.ts';

/**
 * Log-SNR uniform between the ends of the process. With L_simple the loss is then that of the continuous-time bound,
 * E over λ of ‖ε − ε̂‖² (Kingma et al. 2021, Section 4), but for its factor.
 */
export const logSnr: TimeSampling = {
  id: 'log-snr',
  label: 'Even in log-SNR',
  summary: 'Every factor of noise is practised equally often, so that fine detail is learned too.',
  equation: String.raw`\lambda_t = \ln\frac{\alpha_t^2}{\sigma_t^2} \sim \mathcal{U}(\lambda_1, \lambda_0)`,
  parameters: [],
  build: evenIn({ of: Math.log, ratioAt: Math.exp }),
};

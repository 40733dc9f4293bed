import { networkOutput } from './output.ts';

/** v = αε − σx_0 (Salimans & Ho 2022, §4); x̂₀ = (αx_t − σv)/(α² + σ²), where the paper has α² + σ² = 1. */
export const v = networkOutput({
  id: 'v',
  label: 'v (noise and clean point)',
  summary: 'Noise where there is little of it, the clean point where there is much: never a hard question.',
  equation: String.raw`F = \alpha\,\varepsilon - \sigma\,x_0`,
  needsPrevious: false,
  dividesByAlpha: false,
  mix: ({ alpha, sigma }) => ({ x0: -sigma, eps: alpha }),
});

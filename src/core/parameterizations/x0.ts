import { networkOutput } from './output.ts';

/** The clean point itself (Ho et al. 2020, §3.2; Salimans & Ho 2022, §4). */
export const x0 = networkOutput({
  id: 'x0',
  label: 'x₀ (clean point)',
  summary: 'The network names the clean point at once: easy near the data, hard in the noise.',
  equation: 'F = x_0',
  needsPrevious: false,
  dividesByAlpha: false,
  mix: () => ({ x0: 1, eps: 0 }),
});

import { networkOutput } from './output.ts';

/** u = ε − x_0, the velocity of the straight path x_t = (1 − t)x_0 + tε towards noise (Liu et al. 2023, Eq. 1). */
export const flow = networkOutput({
  id: 'flow',
  label: 'flow (velocity)',
  summary: 'The network gives the velocity of the straight line from the data to the noise.',
  equation: String.raw`F = \varepsilon - x_0`,
  needsPrevious: false,
  dividesByAlpha: false,
  mix: () => ({ x0: -1, eps: 1 }),
});

import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const sameNoise: Experiment = {
  id: 'same-noise',
  group: 'paths',
  title: 'The same noise, the same path',
  lookFor:
    'Without fresh noise the start decides the end: DDIM takes each point to nearly the same place in 10, 50 or 200 steps.',
  settings: {
    stages: [10, 50, 200].map((nSteps) =>
      exact('ddim', nSteps, { timeGrid: 'quadratic', layers: ['points', 'trails'] }),
    ),
  },
  picture: 0,
  claim: 'From the same noise, 10 and 200 steps end less than an eighth as far apart as DDIM and DDPM do.',
};

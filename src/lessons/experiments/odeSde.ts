import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const odeSde: Experiment = {
  id: 'ode-sde',
  group: 'paths',
  title: 'A smooth road and a rough one',
  lookFor:
    'An ordinary differential equation glides to the data and a stochastic one jitters there, and both arrive at the same distribution.',
  settings: {
    stages: [
      exact('euler', 200, { layers: ['points', 'trails'] }),
      exact('euler-maruyama', 200, { layers: ['points', 'trails'] }),
      exact('predictor-corrector', 100, { layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.1,
  claim: 'The stochastic paths are ten times as long; all have as few strays as the data.',
};

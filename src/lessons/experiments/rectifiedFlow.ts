import type { Experiment } from '../experiment.ts';
import { exact, forward, withProcess } from '../settings.ts';

export const rectifiedFlow: Experiment = {
  id: 'rectified-flow',
  group: 'process',
  title: 'Straight roads: rectified flow',
  lookFor:
    'Each point goes to its noise in a straight line and at an even pace, which makes ten plain Euler steps nearly enough.',
  settings: {
    dataset: 'twenty-five-gaussians',
    ...withProcess('rectified-flow'),
    stages: [
      forward({ layers: ['points', 'trails'] }),
      exact('euler', 10, { layers: ['points', 'trails'] }),
      exact('euler', 50, { layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.3,
  claim:
    'Forward paths are straight, and ten Euler steps leave a quarter at most of the strays that they leave on VP.',
};

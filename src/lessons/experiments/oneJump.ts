import type { Experiment } from '../experiment.ts';
import { forward } from '../settings.ts';

export const oneJump: Experiment = {
  id: 'one-jump',
  group: 'schedule',
  title: 'Two hundred steps, or one jump',
  lookFor:
    'Each point wanders in 200 small steps on the left and goes straight on the right, and at every moment the two clouds look alike.',
  settings: {
    stages: [
      forward({ mode: 'chain', layers: ['points', 'trails'] }),
      forward({ layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.3,
  claim: 'The paths of the chain are many times longer, and the spread of both agrees at every time.',
};

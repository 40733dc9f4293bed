import type { Experiment } from '../experiment.ts';
import { score } from '../settings.ts';

export const learnedExact: Experiment = {
  id: 'learned-exact',
  group: 'learning',
  title: 'Learned against exact score',
  lookFor:
    'While the network trains, the arrows on the left turn into those in the middle, and the error on the right fades, near the data last of all.',
  settings: {
    time: 0.05,
    stages: [score(), score({ source: 'exact' }), score({ source: 'error' })],
  },
  picture: 0.05,
  claim:
    'Near the data, training brings the learned score nearer to the exact one, to half of the first error at most.',
};

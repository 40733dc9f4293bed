import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const eta: Experiment = {
  id: 'eta',
  group: 'paths',
  title: 'How much fresh noise? η',
  lookFor:
    'The paths go from smooth to jagged as η grows from 0 to ½ to 1, and the spiral at their end stays the same.',
  settings: {
    stages: [0, 0.5, 1].map((eta) => exact('ddim', 50, { eta, layers: ['points', 'trails'] })),
  },
  picture: 0.1,
  claim: 'Paths grow longer with η, many times; strays stay as few as the data have.',
};

import type { Experiment } from '../experiment.ts';
import { density, exact, score } from '../settings.ts';

export const uphill: Experiment = {
  id: 'uphill',
  group: 'score',
  title: 'The score points uphill',
  lookFor: 'Every arrow on the left points to where the hill on the right is steepest, at every noise level.',
  settings: {
    dataset: 'eight-gaussians',
    time: 0.2,
    stages: [
      score({ source: 'exact', layers: ['contours'] }),
      density({ source: 'exact' }),
      exact('ddim', 50, { layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.2,
  claim:
    'A small step along the score raises the density everywhere, and more than a step in any other of 16 directions.',
};

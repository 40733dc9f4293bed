import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const blurredTarget: Experiment = {
  id: 'blurred-target',
  group: 'score',
  title: 'Langevin at one noise level',
  lookFor:
    'Staying at t = 0.3 it draws samples of the blurred data, not of the data: the points fill the contours and never become the spiral.',
  settings: {
    stages: [exact('langevin', 200, { layers: ['points', 'contours'] }), exact('ddim', 50)],
  },
  picture: 0,
  claim: 'A fifth and more stray from the data, and their spread is that of the noised data.',
};

import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const foldedSheet: Experiment = {
  id: 'folded-sheet',
  group: 'paths',
  title: 'A sheet that never folds',
  lookFor:
    'A grid laid over the noise is stretched and bent into the spiral, and however thin it is drawn, it hardly ever folds over.',
  settings: {
    stages: [
      exact('ddim', 20, { layers: ['mesh'] }),
      exact('ddim', 200, { layers: ['mesh'] }),
      exact('ddim', 200, { layers: ['points', 'mesh'] }),
    ],
  },
  picture: 0.04,
  claim: 'Of the grid’s cells, at least 99 in 100 keep their orientation with 200 steps.',
};

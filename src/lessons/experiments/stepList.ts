import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const stepList: Experiment = {
  id: 'step-list',
  group: 'fewer',
  title: 'A list of your own',
  lookFor:
    'Two lists of nine steps: the first doubles from step to step and separates the clouds, the second spends its steps on the noise and does not.',
  settings: {
    dataset: 'twenty-five-gaussians',
    stages: [
      exact('ddim', 9, { timeGrid: 'list', tau: [1, 2, 4, 8, 16, 32, 64, 128, 200] }),
      exact('ddim', 9, { timeGrid: 'list', tau: [40, 60, 80, 100, 120, 140, 160, 180, 200] }),
    ],
  },
  picture: 0,
  claim: 'The doubling list leaves less than a third of the strays of the other.',
};

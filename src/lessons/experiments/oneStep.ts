import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const oneStep: Experiment = {
  id: 'one-step',
  group: 'steps',
  title: 'One step is not enough',
  lookFor:
    'Asked once, the network can only answer with the mean of all points it might be: one step ends in a dot, five in a sketch, fifty in the spiral.',
  settings: {
    stages: [exact('ddim', 1), exact('ddim', 5), exact('ddim', 50)],
  },
  picture: 0,
  claim:
    'One step ends within a tenth of the data’s width; strays fall from all, to many with 5 steps, to few with 50.',
};

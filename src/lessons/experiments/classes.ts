import type { Experiment } from '../experiment.ts';
import { sampler } from '../settings.ts';

export const classes: Experiment = {
  id: 'classes',
  group: 'guidance',
  title: 'Ask for a class',
  lookFor:
    'The network is told which arm a point belongs to, so a stage can ask for the first arm, for the third, or for any.',
  settings: {
    dataset: 'pinwheel',
    conditional: true,
    stages: [sampler('ddim', 50, { ofClass: 1 }), sampler('ddim', 50, { ofClass: 3 }), sampler('ddim', 50)],
  },
  picture: 0,
  claim:
    'After training, nine in ten samples are of the class that was asked for, and of all classes where none was.',
};

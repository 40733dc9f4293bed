import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const ddimSteps: Experiment = {
  id: 'ddim-steps',
  group: 'steps',
  title: 'DDIM with 10, 50 and all steps',
  lookFor:
    'More steps, the same picture made sharper: every point stays with the cloud to which ten steps took it.',
  settings: {
    dataset: 'twenty-five-gaussians',
    stages: [exact('ddim', 10), exact('ddim', 50), exact('ddim', 200)],
  },
  picture: 0,
  claim:
    'Strays fall with every larger number, and the ends of 10 steps are nearer to those of 200 than clouds are to each other.',
};

import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const ddpmSteps: Experiment = {
  id: 'ddpm-steps',
  group: 'steps',
  title: 'DDPM with 10, 50 and all steps',
  lookFor:
    'With 10 steps the 25 clouds run into one another, with 50 they part, and all 200 make them as tight as the data.',
  settings: {
    dataset: 'twenty-five-gaussians',
    stages: [exact('ddpm', 10), exact('ddpm', 50), exact('ddpm', 200)],
  },
  picture: 0,
  claim: 'Strays are more than half with 10 steps and fall with every larger number.',
};

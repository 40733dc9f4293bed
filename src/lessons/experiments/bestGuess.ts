import type { Experiment } from '../experiment.ts';
import { sampler } from '../settings.ts';

export const bestGuess: Experiment = {
  id: 'best-guess',
  group: 'learning',
  title: 'What does the network think?',
  lookFor:
    'The green points are its guesses at the clean data: a dot in the middle while all is noise, the whole spiral when little noise is left.',
  settings: {
    stages: [
      sampler('ddim', 50, { layers: ['points', 'x0-hat'] }),
      sampler('ddim', 50, { layers: ['points', 'arrows'] }),
      sampler('ddpm', 200, { layers: ['x0-hat'] }),
    ],
  },
  picture: 0.35,
  claim:
    'At t = 1 the exact guesses spread over less than a tenth of the data’s width, and at the end over all of it.',
};

import type { Experiment } from '../experiment.ts';
import { exact, sampler } from '../settings.ts';

export const predictVelocity: Experiment = {
  id: 'predict-velocity',
  group: 'learning',
  title: 'Predict the velocity v',
  lookFor:
    'Noise where there is little of it and the clean point where there is much: v is never a hard question, and the samples land on the spiral.',
  settings: {
    zeroTerminalSnr: true,
    output: 'v',
    stages: [sampler('ddim', 50), exact('ddim', 50)],
  },
  picture: 0,
  claim: 'After the same training, at most a third of the strays of a network that predicts ε.',
};

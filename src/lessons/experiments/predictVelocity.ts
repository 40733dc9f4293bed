import type { Experiment } from '../experiment.ts';
import { predicting } from '../settings.ts';

export const predictVelocity: Experiment = {
  id: 'predict-velocity',
  group: 'learning',
  title: 'Predict the velocity v',
  lookFor:
    'Noise where there is little of it and the clean point where there is much: v is never a hard question, and the samples land on the spiral.',
  settings: predicting('v'),
  picture: 0,
  claim:
    'After the same training, a third of the distance of ε at most, and a smaller error of the score near the data than that of x₀.',
};

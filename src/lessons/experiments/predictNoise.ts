import type { Experiment } from '../experiment.ts';
import { predicting } from '../settings.ts';

export const predictNoise: Experiment = {
  id: 'predict-noise',
  group: 'learning',
  title: 'Predict the noise ε',
  lookFor:
    'Where nothing but noise is left, naming the noise says nothing about the data: divided by a signal of a thousandth, the network’s errors throw some samples far away.',
  settings: predicting('eps'),
  picture: 0,
  claim:
    'After the same training, ten DDIM steps end at least three times as far from the data as with a network that predicts v.',
};

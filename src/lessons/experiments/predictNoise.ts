import type { Experiment } from '../experiment.ts';
import { exact, sampler } from '../settings.ts';

export const predictNoise: Experiment = {
  id: 'predict-noise',
  group: 'learning',
  title: 'Predict the noise ε',
  lookFor:
    'Where nothing but noise is left, naming the noise says nothing about the data: divided by a signal of a thousandth, its errors throw the samples apart.',
  settings: {
    zeroTerminalSnr: true,
    output: 'eps',
    stages: [sampler('ddim', 50), exact('ddim', 50)],
  },
  picture: 0,
  claim: 'After the same training, at least three times the strays of a network that predicts v.',
};

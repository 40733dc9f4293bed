import type { Experiment } from '../experiment.ts';
import { exact, sampler } from '../settings.ts';

export const predictNoise: Experiment = {
  id: 'predict-noise',
  group: 'learning',
  title: 'Predict the noise ε',
  lookFor:
    'Where nothing but noise is left, naming the noise says nothing about the data: divided by a signal of a thousandth, the network’s errors throw some samples far away.',
  settings: {
    zeroTerminalSnr: true,
    output: 'eps',
    stages: [
      sampler('ddim', 10, { timeGrid: 'quadratic' }),
      sampler('ddim', 50, { timeGrid: 'quadratic' }),
      exact('ddim', 10, { timeGrid: 'quadratic' }),
    ],
  },
  picture: 0,
  claim:
    'After the same training, ten DDIM steps end at least three times as far from the data as with a network that predicts v.',
};

import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const whereSteps: Experiment = {
  id: 'where-steps',
  group: 'fewer',
  title: 'Where to spend ten steps',
  lookFor:
    'Ten even steps leave most points between the clouds; ten that shrink towards the data leave nearly none.',
  settings: {
    dataset: 'twenty-five-gaussians',
    stages: ['linear', 'quadratic', 'log-snr'].map((timeGrid) => exact('ddim', 10, { timeGrid })),
  },
  picture: 0,
  claim:
    'Even steps leave more than half astray; quadratic times and even log-SNR less than a fifth of that.',
};

import type { Experiment } from '../experiment.ts';
import { exact, sampler } from '../settings.ts';

export const predictClean: Experiment = {
  id: 'predict-clean',
  group: 'learning',
  title: 'Predict the clean point x₀',
  lookFor:
    'Asked for the clean point the network has no trouble in pure noise, but near the data a small error already spoils the score, so detail is learned late.',
  settings: {
    zeroTerminalSnr: true,
    output: 'x0',
    stages: [
      sampler('ddim', 10, { timeGrid: 'quadratic' }),
      sampler('ddim', 50, { timeGrid: 'quadratic' }),
      exact('ddim', 10, { timeGrid: 'quadratic' }),
    ],
  },
  picture: 0,
  claim:
    'After the same training, a third of the distance of ε at most, and an error of the score near the data at least half as large again as that of v.',
};

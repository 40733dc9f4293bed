import type { Experiment } from '../experiment.ts';
import { exact, sampler } from '../settings.ts';

export const predictClean: Experiment = {
  id: 'predict-clean',
  group: 'learning',
  title: 'Predict the clean point x₀',
  lookFor:
    'Asked for the clean point the network has no trouble in pure noise, whatever is left of the signal.',
  settings: {
    zeroTerminalSnr: true,
    output: 'x0',
    stages: [sampler('ddim', 50), exact('ddim', 50)],
  },
  picture: 0,
  claim: 'After the same training, at most a third of the strays of a network that predicts ε.',
};

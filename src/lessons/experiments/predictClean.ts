import type { Experiment } from '../experiment.ts';
import { predicting } from '../settings.ts';

export const predictClean: Experiment = {
  id: 'predict-clean',
  group: 'learning',
  title: 'Predict the clean point x₀',
  lookFor:
    'Asked for the clean point the network has no trouble in pure noise, but near the data a small error already spoils the score, so detail is learned late.',
  settings: predicting('x0'),
  picture: 0,
  claim:
    'After the same training, a third of the distance of ε at most, and an error of the score near the data at least half as large again as that of v.',
};

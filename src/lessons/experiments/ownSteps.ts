import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const ownSteps: Experiment = {
  id: 'own-steps',
  group: 'fewer',
  title: 'A solver that minds its own error',
  lookFor:
    'RK45 chooses its steps by the error it measures: each further digit costs more evaluations, and the picture soon stops changing.',
  settings: {
    stages: [
      exact('rk45', 1, { parameters: { digits: 1 } }),
      exact('rk45', 1),
      exact('rk45', 1, { parameters: { digits: 5 } }),
    ],
  },
  picture: 0,
  claim: 'Evaluations grow with the digits, and the ends of 3 and 5 digits hardly differ.',
};

import type { Experiment } from '../experiment.ts';
import { exact, withProcess } from '../settings.ts';

export const langevin: Experiment = {
  id: 'langevin',
  group: 'score',
  title: 'Langevin needs every noise level',
  lookFor:
    'Climbing the score at one small noise level leaves most points stuck on the way; going through all levels, from coarse to fine, brings them home.',
  settings: {
    dataset: 'eight-gaussians',
    ...withProcess('ve'),
    stages: [
      exact('langevin', 200, { parameters: { fixedTime: 0.05 }, layers: ['points', 'trails'] }),
      exact('annealed-langevin', 100, { layers: ['points', 'trails'] }),
    ],
  },
  picture: 0,
  claim: 'At one level more than a third stray; through all levels a twentieth at most.',
};

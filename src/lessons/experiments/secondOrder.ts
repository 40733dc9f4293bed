import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const secondOrder: Experiment = {
  id: 'second-order',
  group: 'fewer',
  title: 'Solvers that bend',
  lookFor:
    'With the same ten evaluations, DPM-Solver++ and UniPC follow the bend of the path and leave fewer points between the clouds than DDIM.',
  settings: {
    dataset: 'twenty-five-gaussians',
    stages: ['ddim', 'dpm-solver-pp-2m', 'unipc'].map((id) => exact(id, 10, { timeGrid: 'quadratic' })),
  },
  picture: 0,
  claim: 'Both second-order solvers have fewer strays than DDIM by more than chance.',
};

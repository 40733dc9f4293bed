import type { Experiment } from '../experiment.ts';
import { exact, withProcess } from '../settings.ts';

export const edmHeun: Experiment = {
  id: 'edm-heun',
  group: 'process',
  title: 'EDM: Heun against Euler',
  lookFor:
    'Both ask the network 35 times; Heun, who asks twice per step, leaves fewer points between the rings.',
  settings: {
    dataset: 'rings',
    ...withProcess('edm'),
    stages: [exact('euler', 35, { timeGrid: 'karras' }), exact('heun', 18, { timeGrid: 'karras' })],
  },
  picture: 0,
  claim: 'Both ask 35 times, and Heun has fewer strays.',
};

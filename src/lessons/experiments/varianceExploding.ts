import type { Experiment } from '../experiment.ts';
import { exact, forward, withProcess } from '../settings.ts';

export const varianceExploding: Experiment = {
  id: 'variance-exploding',
  group: 'process',
  title: 'Noise that explodes: VE',
  lookFor:
    'Nothing is shrunk here, noise is piled on until it is fifty times as wide as the data; the picture zooms out along with it.',
  settings: {
    ...withProcess('ve'),
    stages: [
      forward({ layers: ['points', 'data'] }),
      exact('ddpm', 200),
      exact('ddim', 50, { timeGrid: 'log-snr', layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.4,
  claim: 'α is 1 at every time and σ 50 at the end; both samplers have few strays.',
};

import type { Experiment } from '../experiment.ts';
import { exact, forward, sampler } from '../settings.ts';

/** Interleaved: a swiss roll, drawn from twenty times. */
const POINTS = [
  -1.51, -0.94, -1.4, -1.79, 1.14, 0.55, -1.88, -0.63, 0.13, 1.74, -1.89, -0.01, 0.95, 2.43, 1.17, 0.36, 2.35,
  0.7, 0.37, -1.13, 2.42, 0.24, 1.13, 0.23, -2.24, -0.24, 1.17, -0.08, -2.34, -0.39, 2.03, -1.06, 1.15, -0.17,
  1.17, 1.13, 2.24, 1.72, -1.56, -1.27,
];

export const fewData: Experiment = {
  id: 'few-data',
  group: 'data',
  title: 'Twenty points are learned by heart',
  lookFor:
    'With 20 training points, the best answer is those very points: watch the exact samples fall onto them, and the network follow.',
  settings: {
    dataset: 'custom',
    customPoints: POINTS,
    stages: [
      forward({ layers: ['points', 'data'] }),
      sampler('ddim', 50, { layers: ['points', 'data'] }),
      exact('ddim', 50, { layers: ['points', 'data'] }),
    ],
  },
  picture: 0.02,
  claim:
    'Three in four exact samples are copies: their nearest training point is three times as near as the second, as for one fresh draw in nine.',
};

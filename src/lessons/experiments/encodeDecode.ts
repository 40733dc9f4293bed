import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const encodeDecode: Experiment = {
  id: 'encode-decode',
  group: 'paths',
  title: 'Encode and decode',
  lookFor:
    'Run backwards, DDIM turns the data into noise (left), along the very paths on which noise becomes data (right).',
  settings: {
    stages: [
      exact('ddim', 200, { direction: 'encode', layers: ['points', 'trails'] }),
      exact('ddim', 200, { layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.5,
  claim: 'Encoded data have the width of noise, and decoded again they lie where they were.',
};

import type { Experiment } from '../experiment.ts';
import { exact, forward } from '../settings.ts';

export const tenEach: Experiment = {
  id: 'ten-each',
  group: 'steps',
  title: 'Ten steps each: DDPM against DDIM',
  lookFor:
    'With few steps DDPM’s fresh noise does harm: its spiral is drawn in and thick, while DDIM’s already has its size.',
  settings: {
    stages: [exact('ddpm', 10), exact('ddim', 10), forward({ layers: ['points', 'data'] })],
  },
  picture: 0,
  claim: 'The distance to true draws is larger for DDPM.',
};

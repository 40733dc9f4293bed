import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const thinLines: Experiment = {
  id: 'thin-lines',
  group: 'data',
  title: 'Thin lines need small steps',
  lookFor:
    'The spirals here are a tenth as thick as usual: twenty even steps miss them where steps that shrink towards the data hit.',
  settings: {
    dataset: 'two-spirals',
    noise: 0.3,
    stages: [exact('ddim', 20), exact('ddim', 20, { timeGrid: 'quadratic' }), exact('ddpm', 200)],
  },
  picture: 0,
  claim:
    'Twenty even steps leave more strays on these thin spirals than on the usual ones, and several times those of quadratic times.',
};

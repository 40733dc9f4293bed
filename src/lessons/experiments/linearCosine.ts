import type { Experiment } from '../experiment.ts';
import { exact, forward, score } from '../settings.ts';

export const linearCosine: Experiment = {
  id: 'linear-cosine',
  group: 'schedule',
  title: 'Linear against cosine',
  lookFor:
    'Halfway through, cosine noise still shows the spiral, where linear noise has wiped out nearly all of it.',
  settings: {
    schedule: 'cosine',
    overlays: ['linear'],
    time: 0.5,
    charts: ['schedule', 'loss'],
    stages: [forward({ layers: ['points', 'data'] }), exact('ddim', 50), score({ source: 'exact' })],
  },
  picture: 0.5,
  claim: 'Halfway, cosine has at least 5 times the signal ᾱ of linear.',
};

import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

const GUIDED = { ofClass: 1, guidance: 4 } as const;
const LAYERS = ['points', 'x0-hat'] as const;

export const clipping: Experiment = {
  id: 'clipping',
  group: 'guidance',
  title: 'Keep the guess in range',
  lookFor:
    'Strong guidance throws the guesses (green) far out of the data; clipping and dynamic thresholding keep them within the limit.',
  settings: {
    dataset: 'moons',
    conditional: true,
    stages: [
      exact('ddim', 50, { ...GUIDED, layers: LAYERS }),
      exact('ddim', 50, { ...GUIDED, layers: LAYERS, clip: 'limit', parameters: { limit: 2 } }),
      exact('ddim', 50, { ...GUIDED, layers: LAYERS, clip: 'dynamic', parameters: { limit: 2 } }),
    ],
  },
  picture: 0.5,
  claim: 'Unclipped guesses leave the limit; the others never do.',
};

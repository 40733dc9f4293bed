import type { Experiment } from '../experiment.ts';
import { exact } from '../settings.ts';

export const guidance: Experiment = {
  id: 'guidance',
  group: 'guidance',
  title: 'Turn up the guidance',
  lookFor:
    'The larger w is, the more typical and the more alike the samples of the arm become: they keep away from its neighbours and give up its ends.',
  settings: {
    dataset: 'pinwheel',
    conditional: true,
    stages: [0, 1, 4].map((guidance) => exact('ddim', 50, { ofClass: 1, guidance })),
  },
  picture: 0,
  claim: 'The spread of the samples falls with w, to half at most.',
};

import type { Experiment } from '../experiment.ts';
import { exact, forward } from '../settings.ts';

export const signalLeft: Experiment = {
  id: 'signal-left',
  group: 'schedule',
  title: 'Signal left at the end',
  lookFor:
    'This schedule stops too early: its last step still shows the pinwheel, so a sampler that starts from pure noise starts beside it and strays.',
  settings: {
    dataset: 'pinwheel',
    nChain: 20,
    rescale: false,
    stages: [forward({ layers: ['points', 'data'] }), exact('ddim', 20)],
  },
  picture: 1,
  claim: 'ᾱ_T is above ½, and DDIM leaves at least twice the strays that it has with zero terminal SNR.',
};

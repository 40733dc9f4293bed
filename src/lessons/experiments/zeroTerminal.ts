import type { Experiment } from '../experiment.ts';
import { exact, forward } from '../settings.ts';

export const zeroTerminal: Experiment = {
  id: 'zero-terminal',
  group: 'schedule',
  title: 'Zero terminal SNR',
  lookFor:
    'The same schedule, stretched until nothing of the pinwheel is left at its end: pure noise is now the right start.',
  settings: {
    dataset: 'pinwheel',
    nChain: 20,
    rescale: false,
    zeroTerminalSnr: true,
    stages: [forward({ layers: ['points', 'data'] }), exact('ddim', 20)],
  },
  picture: 1,
  claim: 'ᾱ_T is below a hundred-thousandth, and DDIM has hardly more strays than the data.',
};

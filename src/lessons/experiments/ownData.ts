import type { Experiment } from '../experiment.ts';
import { forward, sampler } from '../settings.ts';

/** Interleaved points of the curve of a heart, about 5 data units wide. */
function heart(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / n).flatMap((a) => [
    0.16 * 16 * Math.sin(a) ** 3,
    0.16 * (13 * Math.cos(a) - 5 * Math.cos(2 * a) - 2 * Math.cos(3 * a) - Math.cos(4 * a) + 2.5),
  ]);
}

export const ownData: Experiment = {
  id: 'own-data',
  group: 'data',
  title: 'Your own data',
  lookFor:
    'A heart of 240 drawn points becomes noise and is found again; draw your own in Settings, under Data.',
  settings: {
    dataset: 'custom',
    customPoints: heart(240),
    stages: [
      forward({ layers: ['points', 'data'] }),
      sampler('ddpm', 200),
      sampler('ddim', 50, { layers: ['points', 'trails'] }),
    ],
  },
  picture: 0.05,
  claim: 'Exact samples lie on the curve of the heart.',
};

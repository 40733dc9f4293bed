import type { StageConfig } from '../views/index.ts';
import { forward, sampler } from './settings.ts';

/** A step of the tour: what the page shows, and where to look. */
export interface TourStep {
  readonly title: string;
  /** Two sentences at most. */
  readonly text: string;
  /** `data-tour` of what it speaks of. */
  readonly anchor: string;
  readonly stages: readonly StageConfig[];
  /** The time moves from the first to the second. */
  readonly times: readonly [from: number, to: number];
}

const DATA = forward({ layers: ['points', 'data'] });

/** Noise, learning, one step, many steps, few steps, and then the person’s own. */
export const TOUR: readonly TourStep[] = [
  {
    title: 'Noise',
    text: 'These points are the data. Noise pushes each of them about, a little at a time, until only a shapeless cloud is left.',
    anchor: 'stage-1',
    stages: [DATA],
    times: [0, 1],
  },
  {
    title: 'What the network learns',
    text: 'Shown a noised point, a small network guesses where it came from (green). Many places are possible, so what it learns is their mean.',
    anchor: 'stage-2',
    stages: [DATA, sampler('ddim', 50, { layers: ['points', 'x0-hat'] })],
    times: [1, 0.15],
  },
  {
    title: 'One step back',
    text: 'From pure noise the mean of all possibilities is the middle of the data. One single step to it makes a dot, not a shape.',
    anchor: 'stage-2',
    stages: [DATA, sampler('ddim', 1, { layers: ['points', 'trails'] })],
    times: [1, 0],
  },
  {
    title: 'Many steps',
    text: 'So go only a small part of the way, and ask again: with every step the guesses get better. This is DDPM, which adds a little fresh noise each time.',
    anchor: 'stage-2',
    stages: [DATA, sampler('ddpm', 1000, { layers: ['points', 'trails'] })],
    times: [1, 0],
  },
  {
    title: 'Few steps',
    text: 'Without fresh noise the paths are smooth, and twenty larger steps follow them nearly as well. This is DDIM.',
    anchor: 'stage-3',
    stages: [
      DATA,
      sampler('ddpm', 1000, { layers: ['points', 'trails'] }),
      sampler('ddim', 20, { timeGrid: 'quadratic', layers: ['points', 'trails'] }),
    ],
    times: [1, 0],
  },
  {
    title: 'Your turn',
    text: 'Drag the time, click a stage to follow one particle, or choose an experiment here: each has one thing to see.',
    anchor: 'experiments',
    stages: [
      DATA,
      sampler('ddpm', 1000),
      sampler('ddim', 20, { timeGrid: 'quadratic', layers: ['points', 'trails'] }),
    ],
    times: [1, 0],
  },
];

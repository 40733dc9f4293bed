import type { NoiseSchedule } from '../types.ts';
import { type ControlPoint, drawnSchedule } from './drawn.ts';

export const DRAWN = {
  id: 'drawn',
  label: 'Drawn by hand',
  summary: 'Your own curve: drag its points to say how much of the signal is left at each time.',
  equation: String.raw`\beta_t = 1 - \frac{\bar\alpha(t/T)}{\bar\alpha((t-1)/T)},\quad \bar\alpha\text{: a monotone spline}`,
  rescales: false,
} as const satisfies Omit<NoiseSchedule, 'betas'>;

/** A schedule drawn as ᾱ over t; points and errors as of `drawnSchedule`. */
export function handDrawn(points: readonly ControlPoint[]): NoiseSchedule {
  return { ...DRAWN, betas: drawnSchedule(points, 'alpha-bar').betas };
}

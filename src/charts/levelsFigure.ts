import { besideExact, drawable, type Points, withinDecades } from './besideExact.ts';
import type { Figure } from './figure.ts';
import { TIME_AXIS } from './overTime.ts';

/** The training loss by noise level. */
export interface LevelLosses {
  /** [levels] rising */
  readonly times: ArrayLike<number>;
  readonly model: ArrayLike<number>;
  readonly exact: ArrayLike<number>;
}

/** Neighbouring levels are averaged to so many points at most: their losses scatter. */
const MOST_POINTS = 60;

/** Where the network still errs: its training loss at each noise level beside that of the exact answer. */
export function levelsFigure(losses: LevelLosses | null): Figure {
  const lines = losses === null ? [] : linesOf(losses);
  return {
    ...TIME_AXIS,
    title: 'training loss at each noise level',
    yTitle: 'loss at t',
    yRange: withinDecades(lines),
    yLog: true,
    lines: drawable(lines),
    empty: 'not measured yet',
  };
}

function linesOf({ times, model, exact }: LevelLosses) {
  return besideExact(averaged(times, model), averaged(times, exact));
}

function averaged(times: ArrayLike<number>, values: ArrayLike<number>): Points {
  const count = Math.min(MOST_POINTS, times.length);
  const meanOf = (of: ArrayLike<number>, bin: number) => {
    const [from, to] = [bin, bin + 1].map((k) => Math.floor((k * times.length) / count)) as [number, number];
    return Array.from({ length: to - from }, (_, i) => of[from + i]!).reduce((a, b) => a + b) / (to - from);
  };
  const bins = Array.from({ length: count }, (_, k) => k);
  return { x: bins.map((k) => meanOf(times, k)), y: bins.map((k) => meanOf(values, k)) };
}

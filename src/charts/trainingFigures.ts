import type { Band, Figure, Line } from './figure.ts';
import { domain, logRange, type Series, smooth, thin } from './series.ts';

export interface LossHistory {
  readonly steps: ArrayLike<number>;
  /** Training loss by step: the weighted squared error of what the network predicts, per coordinate. */
  readonly losses: ArrayLike<number>;
  /** The same of the exact answer; null until it is known. */
  readonly least: number | null;
}

/** Steps after which a loss counts half in the smoothed curve: a fifth of those so far, so that early ones do not lag. */
const halfLife = (step: number): number => Math.max(8, step / 5);

/** Nearer to the exact answer than so many standard errors is not known to be away from it. */
const ERRORS = 2;

/** A logarithmic axis of steps, up to the last. */
export function stepAxis(first: number, last: number): Pick<Figure, 'xTitle' | 'xRange' | 'xLog'> {
  const end = Math.max(last, 100);
  return { xTitle: 'training step', xRange: [Math.max(1, Math.min(first, end / 10)), end], xLog: true };
}

/**
 * How far the training loss is above that of the exact answer, which is all there is to learn: every recorded value faintly,
 * their moving average, and the band within which its distance may be chance. The loss itself while the exact answer's is not known.
 */
export function lossFigure({ steps, losses, least }: LossHistory): Figure {
  const n = steps.length;
  const known = least !== null && n > 0;
  const above = (value: number) => value - (known ? least : 0);
  const { mean, error } = smooth(steps, losses, halfLife);
  const chance = known ? error.map((value) => ERRORS * value) : error.map(() => 0);
  const shown = mean.map((value, i) => Math.max(above(value), chance[i] || Number.NaN));
  const smoothed = thin(steps, known ? shown : mean);
  const batches = thin(steps, Array.from(losses, above));
  const perBatch = known ? positive(batches) : batches;
  const lines: Line[] =
    n === 0
      ? []
      : [
          { name: 'per batch', ...perBatch, ...FAINT, unnamed: true },
          { name: 'your network', ...smoothed, colour: 'accent', width: 2.5 },
        ];
  const yRange = known ? logRange(smoothed.y) : around(mean);
  return {
    title: known ? 'loss above the exact answer’s' : 'training loss',
    yTitle: known ? 'loss − exact' : 'loss',
    ...stepAxis(steps[0] ?? 1, steps[n - 1] ?? 0),
    yRange,
    yLog: known,
    lines,
    bands: known ? [chanceBand(steps, chance, yRange[0])] : [],
    empty: 'no training step yet',
  };
}

/** Where the loss itself falls by little, its fall fills the axis. */
function around(values: readonly number[]): readonly [number, number] {
  const [low, high] = domain(values) ?? [0, 1];
  const room = 0.15 * Math.max(high - low, 0.02 * Math.abs(high));
  return [low - room, high + room];
}

const FAINT = { colour: 'muted', width: 1, opacity: 0.35 } as const;

/** What a logarithmic axis can show. */
function positive({ x, y }: Series): Series {
  const kept = y.flatMap((value, i) => (value > 0 ? [i] : []));
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

const BAND_CORNERS = 60;

function chanceBand(steps: ArrayLike<number>, chance: readonly number[], bottom: number): Band {
  const every = Math.max(1, Math.floor(steps.length / BAND_CORNERS));
  const kept = chance.flatMap((value, i) => (Number.isFinite(value) && i % every === 0 ? [i] : []));
  const y = kept.map((i) => chance[i]!);
  return {
    name: 'may be chance',
    x: kept.map((i) => steps[i]!),
    low: y.map(() => bottom),
    high: y.map((value) => Math.max(bottom, value)),
    colour: 'data',
  };
}

import type { ControlPoint } from '../core/schedules/drawn.ts';
import type { Codec } from './codecs.ts';
import { ConfigError, show } from './errors.ts';

/** Drawn curves live on a lattice of thousandths, so that links stay short and points stay apart. */
export const CURVE_LEVELS = 1000;
export const MAX_CURVE_POINTS = 10;

/** Interleaved t₁, ᾱ₁, t₂, ᾱ₂, … from after the start (0, 1) to t = 1: the times rise and the values fall. */
export type DrawnCurve = readonly number[];

const allowed =
  `numbers t₁,ᾱ₁,t₂,ᾱ₂,… in thousandths, at most ${MAX_CURVE_POINTS} points: ` +
  'the times rise up to 1, and ᾱ falls below 1 but not to 0';

/** With the start, where nothing has been lost. */
export function controlPoints(curve: DrawnCurve): readonly ControlPoint[] {
  const points: ControlPoint[] = [{ t: 0, value: 1 }];
  for (let i = 0; i < curve.length; i += 2) points.push({ t: curve[i]!, value: curve[i + 1]! });
  return points;
}

/** Without the start. */
export const curveOf = (points: readonly ControlPoint[]): DrawnCurve =>
  points.slice(1).flatMap(({ t, value }) => [t, value]);

const toLevel = (value: number) => Math.round(value * CURVE_LEVELS);

/** Thousandths joined by "_": `300_900_700_100_1000_1`. */
export const curveCodec: Codec<DrawnCurve> = {
  allowed,
  format: (curve) => curve.map(toLevel).join('_'),
  parse(text, name, fallback) {
    const levels = text.split('_').map((word) => (/^\d{1,4}$/.test(word) ? Number(word) : Number.NaN));
    if (levels.length < 2 || levels.some(Number.isNaN)) {
      return { value: fallback, warnings: [`${name} in the link cannot be read; using the default curve.`] };
    }
    const nearest = nearestCurve(levels);
    const same = nearest.length === levels.length && nearest.every((level, i) => level === levels[i]);
    const warning = `${name} in the link is not a falling curve that ends at t = 1; using one near it.`;
    return { value: nearest.map((level) => level / CURVE_LEVELS), warnings: same ? [] : [warning] };
  },
  check(value, path) {
    if (!Array.isArray(value)) throw new ConfigError(path, `= ${show(value)} is not a list`, allowed);
    if (value.length < 2 || value.length % 2 !== 0 || value.length > 2 * MAX_CURVE_POINTS) {
      throw new ConfigError(path, `has ${value.length} numbers`, allowed);
    }
    const levels = value.map((number, i) => checkLevel(number, `${path}[${i}]`));
    for (let i = 0; i < levels.length; i += 2) {
      if (levels[i]! <= (levels[i - 2] ?? 0)) {
        throw new ConfigError(`${path}[${i}]`, `= ${value[i]} does not come after the time before`, allowed);
      }
      if (levels[i + 1]! >= (levels[i - 1] ?? CURVE_LEVELS)) {
        throw new ConfigError(`${path}[${i + 1}]`, `= ${value[i + 1]} is not below the ᾱ before`, allowed);
      }
    }
    if (levels.at(-2) !== CURVE_LEVELS) {
      throw new ConfigError(`${path}[${levels.length - 2}]`, `= ${value.at(-2)} is not the end, 1`, allowed);
    }
    return levels.map((level) => level / CURVE_LEVELS);
  },
};

function checkLevel(value: unknown, path: string): number {
  const level = typeof value === 'number' ? toLevel(value) : Number.NaN;
  if (!(level >= 1 && level <= CURVE_LEVELS)) {
    throw new ConfigError(path, `= ${show(value)} is not a number from 0.001 to 1`, allowed);
  }
  return level;
}

/** Puts times in order and to the end of time, and lowers whatever does not fall. */
function nearestCurve(levels: readonly number[]): number[] {
  const byTime = new Map<number, number>();
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const time = Math.min(CURVE_LEVELS, Math.max(1, levels[i]!));
    if (!byTime.has(time)) byTime.set(time, levels[i + 1]!);
  }
  const inner = [...byTime].filter(([time]) => time < CURVE_LEVELS).sort(([a], [b]) => a - b);
  const end: [number, number] = [CURVE_LEVELS, byTime.get(CURVE_LEVELS) ?? 1];
  const points = [...inner.slice(0, MAX_CURVE_POINTS - 1), end];
  let above = CURVE_LEVELS;
  return points.flatMap(([time, value], k) => {
    // Every later point needs a level of its own below this one.
    above = Math.max(points.length - k, Math.min(value, above - 1));
    return [time, above];
  });
}

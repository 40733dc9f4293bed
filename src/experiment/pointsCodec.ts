import type { Codec } from './codecs.ts';
import { ConfigError, show } from './errors.ts';

/** Custom data sets live in the square [−8, 8]², on a lattice of 1/256, so that a link can carry them exactly. */
export const POINTS_EXTENT = 8;
export const MAX_CUSTOM_POINTS = 1000;
export const MIN_CUSTOM_POINTS = 3;

const LEVELS_PER_UNIT = 256;
const MAX_LEVEL = 2 * POINTS_EXTENT * LEVELS_PER_UNIT - 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const toLevel = (coordinate: number) =>
  Math.min(MAX_LEVEL, Math.max(0, Math.round((coordinate + POINTS_EXTENT) * LEVELS_PER_UNIT)));
const toCoordinate = (level: number) => level / LEVELS_PER_UNIT - POINTS_EXTENT;

/** The nearest coordinate a link can carry. */
export const snapCoordinate = (coordinate: number): number => toCoordinate(toLevel(coordinate));

/** Whether a link can carry interleaved points: not too many, and none too far. */
export const fitsLink = (points: ArrayLike<number>): boolean =>
  points.length <= 2 * MAX_CUSTOM_POINTS &&
  Array.from(points).every((coordinate) => Math.abs(coordinate) <= POINTS_EXTENT) &&
  countDistinct(Array.from(points, snapCoordinate), MIN_CUSTOM_POINTS) >= MIN_CUSTOM_POINTS;

/** Number of different points among interleaved x₀,y₀,x₁,y₁,…; counting stops at `enough`. */
export function countDistinct(points: ArrayLike<number>, enough = Number.POSITIVE_INFINITY): number {
  const seen = new Set<string>();
  for (let i = 0; i + 1 < points.length && seen.size < enough; i += 2)
    seen.add(`${points[i]},${points[i + 1]}`);
  return seen.size;
}

const allowed =
  `an even count of numbers x₀,y₀,x₁,y₁,… from −${POINTS_EXTENT} to ${POINTS_EXTENT}, ` +
  `at most ${MAX_CUSTOM_POINTS} points`;

/** 12 bits a coordinate: two base64url characters, four a point. */
export const pointsCodec: Codec<readonly number[]> = {
  allowed,
  format: (points) => points.map((coordinate) => formatLevel(toLevel(coordinate))).join(''),
  parse(text, name) {
    const warnings: string[] = [];
    const written = Math.floor(text.length / 4);
    if (/[^A-Za-z0-9_-]/.test(text) || (written === 0 && text !== '')) {
      return { value: [], warnings: [`${name} in the link cannot be read; using none.`] };
    }
    if (text.length % 4 !== 0)
      warnings.push(`${name}: the link was cut short; using the first ${written} points.`);
    if (written > MAX_CUSTOM_POINTS) {
      warnings.push(
        `${name}: ${written} points are above ${MAX_CUSTOM_POINTS}; using the first ${MAX_CUSTOM_POINTS}.`,
      );
    }
    const count = Math.min(written, MAX_CUSTOM_POINTS);
    const value = Array.from({ length: 2 * count }, (_, i) => toCoordinate(parseLevel(text, 2 * i)));
    return { value, warnings };
  },
  check(value, path) {
    if (!Array.isArray(value)) throw new ConfigError(path, `= ${show(value)} is not a list`, allowed);
    if (value.length % 2 !== 0)
      throw new ConfigError(path, `has an odd count of numbers (${value.length})`, allowed);
    if (value.length > 2 * MAX_CUSTOM_POINTS) {
      throw new ConfigError(path, `has ${value.length / 2} points`, allowed);
    }
    return value.map((coordinate, i) => checkCoordinate(coordinate, `${path}[${i}]`));
  },
};

function checkCoordinate(coordinate: unknown, path: string): number {
  if (typeof coordinate !== 'number' || !(Math.abs(coordinate) <= POINTS_EXTENT)) {
    throw new ConfigError(path, `= ${show(coordinate)} is not a number within ±${POINTS_EXTENT}`, allowed);
  }
  return snapCoordinate(coordinate);
}

function formatLevel(level: number): string {
  return `${ALPHABET[level >> 6]}${ALPHABET[level & 63]}`;
}

function parseLevel(text: string, at: number): number {
  return ALPHABET.indexOf(text[at]!) * 64 + ALPHABET.indexOf(text[at + 1]!);
}

import { erf } from '../erf.ts';
import { requirePairs } from '../exact/requireField.ts';
import { exactScore } from '../exact.ts';
import type { Density, DensityComponent, Kernel, Rng, Vector } from '../types.ts';
import type { KnownPart } from './imputation.ts';

/** One coordinate of x_0 is known: u·x_0 = value, along a unit vector u. The other, along u⊥ = (−u_y, u_x), is sought. */
export interface Line {
  readonly direction: readonly [ux: number, uy: number];
  readonly value: number;
}

/** A part of p(u⊥·x | u·x = value): a mixture of Gaussians and, where the line crosses boxes, of intervals. */
export type LinePart =
  | { readonly kind: 'gaussian'; readonly weight: number; readonly mean: number; readonly variance: number }
  | { readonly kind: 'interval'; readonly weight: number; readonly low: number; readonly high: number };

export interface LineConditional {
  /** ln p(u·x = value), 1/unit; −Infinity where no box and no Gaussian reaches. */
  readonly logEvidence: number;
  /** Weights sum to 1. */
  readonly parts: readonly LinePart[];
}

/** Points in the line's own axes: (u·x, u⊥·x). */
export function toLineAxes(x: Vector, { direction: [ux, uy] }: Line): Vector {
  requirePairs(x);
  return x.map((_, i) => {
    const [px, py] = [x[i - (i % 2)]!, x[i - (i % 2) + 1]!];
    return i % 2 === 0 ? ux * px + uy * py : -uy * px + ux * py;
  });
}

/** Back from the line's own axes. */
export function fromLineAxes(x: Vector, { direction: [ux, uy] }: Line): Vector {
  return toLineAxes(x, { direction: [ux, -uy], value: 0 });
}

/** u⊥·x of points, [n]. */
export function alongLine(x: Vector, line: Line): Float64Array {
  return toLineAxes(x, line).filter((_, i) => i % 2 === 1);
}

/** p(u⊥·x | u·x = value) in closed form. @param density a mixture of Gaussians of positive variance, and boxes */
export function lineConditional(density: Density, line: Line): LineConditional {
  const found = density.flatMap((component) => {
    const part = component.kind === 'gaussian' ? gaussianOn(component, line) : boxOn(component, line);
    return part === null ? [] : [part];
  });
  const top = found.reduce((most, { logWeight }) => Math.max(most, logWeight), -Infinity);
  if (top === -Infinity) return { logEvidence: -Infinity, parts: [] };
  const total = found.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - top), 0);
  return {
    logEvidence: top + Math.log(total),
    parts: found
      .map(({ part, logWeight }) => ({ ...part, weight: Math.exp(logWeight - top) / total }))
      .filter(({ weight }) => weight > 0),
  };
}

interface Found {
  readonly logWeight: number;
  readonly part: LinePart;
}

function gaussianOn(
  { weight, mean, covariance: [xx, xy, yy] }: Extract<DensityComponent, { kind: 'gaussian' }>,
  { direction: [ux, uy], value }: Line,
): Found {
  const across = ux * ux * xx + 2 * ux * uy * xy + uy * uy * yy;
  const along = uy * uy * xx - 2 * ux * uy * xy + ux * ux * yy;
  const both = ux * uy * (yy - xx) + (ux * ux - uy * uy) * xy;
  const off = value - (ux * mean[0] + uy * mean[1]);
  return {
    logWeight: Math.log(weight) - (off * off) / (2 * across) - Math.log(2 * Math.PI * across) / 2,
    part: {
      kind: 'gaussian',
      weight,
      mean: -uy * mean[0] + ux * mean[1] + (both / across) * off,
      variance: Math.max(0, along - (both * both) / across),
    },
  };
}

function boxOn(
  { weight, low, high }: Extract<DensityComponent, { kind: 'box' }>,
  { direction: [ux, uy], value }: Line,
): Found | null {
  // x = value·u + b·u⊥ lies within the box for b in an interval of each axis.
  let [from, to] = [-Infinity, Infinity];
  for (const [at, slope, l, h] of [
    [value * ux, -uy, low[0], high[0]],
    [value * uy, ux, low[1], high[1]],
  ] as const) {
    if (slope === 0) {
      if (at < l || at > h) return null;
      continue;
    }
    const ends = [(l - at) / slope, (h - at) / slope];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  }
  if (!(to > from)) return null;
  const area = (high[0] - low[0]) * (high[1] - low[1]);
  return {
    logWeight: Math.log((weight * (to - from)) / area),
    part: { kind: 'interval', weight, low: from, high: to },
  };
}

/** Half the width that an interval of the line is given to be a box: nothing beside any noise. */
const THIN = 1e-6;

/** The same as a density of the plane in the line's own axes: a Gaussian or box without width across the line. */
export function lineDensity({ parts }: LineConditional, { value }: Line): Density {
  return parts.map(
    (part): DensityComponent =>
      part.kind === 'gaussian'
        ? {
            kind: 'gaussian',
            weight: part.weight,
            mean: [value, part.mean],
            covariance: [0, 0, part.variance],
          }
        : {
            kind: 'box',
            weight: part.weight,
            low: [value - THIN, part.low],
            high: [value + THIN, part.high],
          },
  );
}

/** ∇ ln p(x_t | u·x_0 = value). @param x [n][2] noised points; there must be noise */
export function lineScore(conditional: LineConditional, line: Line, kernel: Kernel, x: Vector): Vector {
  return fromLineAxes(exactScore(lineDensity(conditional, line), kernel, toLineAxes(x, line)), line);
}

/** p(u⊥·x ≤ b | u·x = value). */
export function lineCdf({ parts }: LineConditional, b: number): number {
  return parts.reduce((sum, part) => sum + part.weight * partCdf(part, b), 0);
}

function partCdf(part: LinePart, b: number): number {
  if (part.kind === 'interval') return Math.min(1, Math.max(0, (b - part.low) / (part.high - part.low)));
  if (part.variance === 0) return b < part.mean ? 0 : 1;
  return (1 + erf((b - part.mean) / Math.sqrt(2 * part.variance))) / 2;
}

/** Independent draws of the points on the line, [n][2]. */
export function drawOnLine({ parts }: LineConditional, line: Line, n: number, rng: Rng): Vector {
  const out = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    out[2 * i] = line.value;
    out[2 * i + 1] = drawPart(choose(parts, rng.uniform()), rng);
  }
  return fromLineAxes(out, line);
}

function choose(parts: readonly LinePart[], u: number): LinePart {
  let sum = 0;
  for (const part of parts) {
    sum += part.weight;
    if (sum > u) return part;
  }
  return parts.at(-1)!;
}

function drawPart(part: LinePart, rng: Rng): number {
  if (part.kind === 'interval') return part.low + rng.uniform() * (part.high - part.low);
  return part.mean + Math.sqrt(part.variance) * rng.normal();
}

/** x_t, or an x̂_0 at no noise, with the known coordinate put in at the noise of a kernel. */
export function knownLine({ direction: [ux, uy], value }: Line): KnownPart {
  return {
    replace(x, { alpha, sigma }, noise) {
      requirePairs(x);
      return x.map((coordinate, i) => {
        const at = i - (i % 2);
        const known = alpha * value + sigma * (ux * noise[at]! + uy * noise[at + 1]!);
        const off = known - (ux * x[at]! + uy * x[at + 1]!);
        return coordinate + off * (i % 2 === 0 ? ux : uy);
      });
    },
  };
}

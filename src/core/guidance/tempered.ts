import { requireBetween } from '../check.ts';
import { drawDensity } from '../exact/drawDensity.ts';
import { classDensity, classPosterior } from '../exact/labelled.ts';
import { exactLogDensity } from '../exact.ts';
import type { Density, LabelledDensity, Rng, Vector } from '../types.ts';

/** Without noise. */
const CLEAN = { alpha: 1, sigma: 0 };

/**
 * p_s(x) ∝ p(x)·p(y|x)^s: what guidance of scale s is meant to sample (Dhariwal & Nichol 2021, §4.3). s = 1 is p(x|y),
 * s = 0 the data as they are, and 1/s a temperature.
 * @param y a class, 0…C−1; scale at least 0; x [n][2]
 * @returns [n] ln of it, up to a constant
 */
export function logTempered(labelled: LabelledDensity, y: number, scale: number, x: Vector): Float64Array {
  requireBetween('The guidance scale', scale, 0, Number.MAX_VALUE);
  const posterior = ofClass(classPosterior(labelled, CLEAN, x), y, x.length / 2);
  return exactLogDensity(labelled.density, CLEAN, x).map(
    (value, i) => value + logPower(posterior[i]!, scale),
  );
}

/** Candidates that say how large the weights get, and are drawn at once. */
const CANDIDATES = 4000;
/** Draws given up for one that is kept, at the most. */
const MOST_PER_DRAW = 1000;

/**
 * Draws of p_s by rejection: from p(x|y), weighted by p(y|x)^{s−1}; for s < 1 from p(x), weighted by p(y|x)^s. Where so
 * few are kept that it takes too long, the last of the candidates are taken again.
 * @returns [n][2]
 */
export function drawTempered(
  labelled: LabelledDensity,
  y: number,
  scale: number,
  n: number,
  rng: Rng,
): Vector {
  requireBetween('The guidance scale', scale, 0, Number.MAX_VALUE);
  const base = scale >= 1 ? classDensity(labelled, y) : labelled.density;
  if (scale === 1 || scale === 0) return drawDensity(base, n, rng);
  const power = scale >= 1 ? scale - 1 : scale;
  const kept: number[] = [];
  let most = -Infinity;
  for (let tried = 0; kept.length < 2 * n && tried < MOST_PER_DRAW * n + CANDIDATES; tried += CANDIDATES) {
    const points = drawDensity(base, CANDIDATES, rng);
    const logWeights = ofClass(classPosterior(labelled, CLEAN, points), y, CANDIDATES).map((p) =>
      logPower(p, power),
    );
    if (most === -Infinity) most = Math.max(...logWeights);
    for (const [i, logWeight] of logWeights.entries()) {
      if (rng.uniform() < Math.exp(logWeight - most)) kept.push(points[2 * i]!, points[2 * i + 1]!);
    }
  }
  if (kept.length === 0) throw new RangeError(`No draw of class ${y} was kept at scale ${scale}.`);
  return Float64Array.from({ length: 2 * n }, (_, i) => kept[i % kept.length]!);
}

const logPower = (p: number, power: number): number => (power === 0 ? 0 : power * Math.log(p));

function ofClass(posterior: Float64Array, y: number, n: number): Float64Array {
  const nClasses = posterior.length / n;
  return Float64Array.from({ length: n }, (_, i) => posterior[i * nClasses + y]!);
}

/** Nodes of the grid along an axis, and the share of the greatest weight below which a node is left out. */
const [NODES, LEAST_SHARE] = [72, 1e-4];

/** p_s as a density: a Gaussian of a cell's width on each node of a grid over the square of half width `reach` about 0. */
export function temperedDensity(labelled: LabelledDensity, y: number, scale: number, reach: number): Density {
  const cell = (2 * reach) / (NODES - 1);
  const at = (k: number) => -reach + k * cell;
  const nodes = Float64Array.from({ length: 2 * NODES ** 2 }, (_, i) =>
    at(i % 2 === 0 ? (i >> 1) % NODES : Math.floor(i / 2 / NODES)),
  );
  const logs = logTempered(labelled, y, scale, nodes);
  const top = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const variance = (cell / 2) ** 2;
  return Array.from(weights).flatMap(
    (weight, i): Density =>
      weight < LEAST_SHARE
        ? []
        : [
            {
              kind: 'gaussian',
              weight: weight / total,
              mean: [nodes[2 * i]!, nodes[2 * i + 1]!],
              covariance: [variance, 0, variance],
            },
          ],
  );
}

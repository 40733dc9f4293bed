import { requireField } from '../exact/requireField.ts';
import { exactScore } from '../exact.ts';
import { noisedDensity, type PointAnswer } from '../noisedDensity.ts';
import type { Density, Kernel, Vector } from '../types.ts';
import type { ConditionGradient } from './conditions.ts';
import { gridField } from './gridField.ts';
import type { RegionDensity } from './region.ts';

/** Grids whose share of the density is below e^−40 (4e-18) cannot change a float64 sum. */
const NEGLIGIBLE = 40;

/**
 * ∇ ln p_t of a density within a region, as `exactScore` of its mixture, but that the cells of a grid are not asked one by one.
 * @param x [n][2], in the units of the density
 * @returns [n][2], 1/unit
 */
export function regionScore(region: RegionDensity, kernel: Kernel, x: Vector): Vector {
  const { density, whole, grids } = region;
  requireField(density, kernel, x);
  if (kernel.sigma === 0) return exactScore(density, kernel, x);
  const ofWhole = noisedDensity(whole, kernel);
  const fields = grids.map((grid) => gridField(grid, kernel));
  const most = new Float64Array(fields.length);
  const sum = mixedScore();
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += 2) {
    const px = x[i]!;
    const py = x[i + 1]!;
    let likeliest = -1;
    for (let k = 0; k < fields.length; k++) {
      most[k] = fields[k]!.lookAt(px, py);
      if (likeliest < 0 || most[k]! > most[likeliest]!) likeliest = k;
    }
    sum.begin(ofWhole(px, py));
    // The likeliest grid first: beside it most others need not be asked.
    if (likeliest >= 0) sum.add(fields[likeliest]!.answer());
    for (let k = 0; k < fields.length; k++) {
      if (k !== likeliest && most[k]! >= sum.logMost() - NEGLIGIBLE) sum.add(fields[k]!.answer());
    }
    sum.writeScore(out, i);
  }
  return out;
}

type Part = Pick<PointAnswer, 'logDensity' | 'scoreX' | 'scoreY'>;

/** ∇ ln Σ p of parts, which are added one after the other. */
function mixedScore() {
  // ln of the largest p; Σ p and Σ p·score over it: in an array, where a number is written without being allocated.
  const sums = new Float64Array(4);
  const add = ({ logDensity, scoreX, scoreY }: Part): void => {
    if (logDensity === -Infinity) return;
    if (logDensity > sums[0]!) {
      const shrink = Math.exp(sums[0]! - logDensity);
      for (let k = 1; k < 4; k++) sums[k]! *= shrink;
      sums[0] = logDensity;
    }
    const weight = Math.exp(logDensity - sums[0]!);
    sums[1]! += weight;
    sums[2]! += weight * scoreX;
    sums[3]! += weight * scoreY;
  };
  return {
    begin(part: Part) {
      sums.fill(0);
      sums[0] = -Infinity;
      add(part);
    },
    add,
    logMost: () => sums[0]!,
    writeScore(out: Float64Array, at: number) {
      out[at] = sums[2]! / sums[1]!;
      out[at + 1] = sums[3]! / sums[1]!;
    },
  };
}

/** ∇ ln P(x_0 ∈ A | x_t): exact guidance within an outline. @param below the density that is restricted */
export function regionGradient(region: RegionDensity, below: Density): ConditionGradient {
  return (x, kernel) => {
    const all = exactScore(below, kernel, x);
    return regionScore(region, kernel, x).map((value, i) => value - all[i]!);
  };
}

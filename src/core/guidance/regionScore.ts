import { requireField } from '../exact/requireField.ts';
import { exactScore } from '../exact.ts';
import { noisedDensity } from '../noisedDensity.ts';
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
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += 2) {
    const px = x[i]!;
    const py = x[i + 1]!;
    let likeliest = -1;
    for (let k = 0; k < fields.length; k++) {
      most[k] = fields[k]!.lookAt(px, py);
      if (likeliest < 0 || most[k]! > most[likeliest]!) likeliest = k;
    }
    let top = -Infinity;
    let total = 0;
    let sumX = 0;
    let sumY = 0;
    // What is whole, then the likeliest grid: beside it most others need not be asked.
    for (let turn = -2; turn < fields.length; turn++) {
      const k = turn === -1 ? likeliest : turn;
      if (k === -1 || (turn === likeliest && turn >= 0)) continue;
      if (k >= 0 && most[k]! < top - NEGLIGIBLE) continue;
      const { logDensity, scoreX, scoreY } = k < 0 ? ofWhole(px, py) : fields[k]!.answer();
      if (logDensity === -Infinity) continue;
      if (logDensity > top) {
        const shrink = Math.exp(top - logDensity);
        total *= shrink;
        sumX *= shrink;
        sumY *= shrink;
        top = logDensity;
      }
      const weight = Math.exp(logDensity - top);
      total += weight;
      sumX += weight * scoreX;
      sumY += weight * scoreY;
    }
    out[i] = sumX / total;
    out[i + 1] = sumY / total;
  }
  return out;
}

/** ∇ ln P(x_0 ∈ A | x_t): exact guidance within an outline. @param below the density that is restricted */
export function regionGradient(region: RegionDensity, below: Density): ConditionGradient {
  return (x, kernel) => {
    const all = exactScore(below, kernel, x);
    return regionScore(region, kernel, x).map((value, i) => value - all[i]!);
  };
}

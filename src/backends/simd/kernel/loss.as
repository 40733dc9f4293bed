import { exponential } from './functions';
import { bytes } from './lanes';
import { DRAW_WEIGHT, GAIN, IS_KL, levelRow, LOG_BETA, LOG_BETA_TILDE, MEAN_GAIN, TARGET_EPS, TARGET_X0 } from './levels';
import { STRIP_BYTES } from './strips';

/**
 * Σ over the examples and coordinates of (gain·(F − F*))², and the objective's gradient in the outputs.
 * @param rows of the strip; those beyond `size` get no gradient
 * @param size examples
 * @param nLevelFeatures features of a level, a multiple of 8
 * @param perTerm 1/(terms of the mean)
 * @param boundWeight weight of the bound's part, or 0 where no variance is learned
 * @param answer strip of [rows][F, v]: what the network said; the gradient replaces it
 */
export function lossSlopes(
  rows: i32, size: i32, level: usize, x0: usize, eps: usize, levels: usize, nLevelFeatures: i32,
  perTerm: f32, boundWeight: f32, answer: usize,
): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < size; i++) {
    const row = levelRow(levels, level + bytes(i), nLevelFeatures);
    for (let axis: usize = 0; axis < 8; axis += 4) {
      const at = (<usize>i << 3) + axis;
      const target = load<f32>(row, TARGET_X0) * load<f32>(x0 + at) + load<f32>(row, TARGET_EPS) * load<f32>(eps + at);
      const output = answer + <usize>i * STRIP_BYTES + axis;
      const error = load<f32>(output) - target;
      const gain = load<f32>(row, GAIN);
      const weighted = gain * error;
      sum += <f64>weighted * weighted;
      store<f32>(output, 2 * perTerm * gain * weighted);
      if (boundWeight > 0) {
        const slope = boundSlope(row, error, load<f32>(output, 8));
        store<f32>(output, perTerm * boundWeight * slope, 8);
      }
    }
  }
  memory.fill(answer + <usize>size * STRIP_BYTES, 0, <usize>(rows - size) * STRIP_BYTES);
  return sum;
}

/** d/dv of drawWeight·½[ln Σ + (meanGain·ΔF)² e^{−ln Σ} + isKl·e^{ln β̃ − ln Σ}] with ln Σ = ½(1 + v) ln β + ½(1 − v) ln β̃. */
@inline
function boundSlope(row: usize, error: f32, v: f32): f32 {
  const low = load<f32>(row, LOG_BETA_TILDE);
  const half = (load<f32>(row, LOG_BETA) - low) * 0.5;
  const above = half * v + half;
  const miss = load<f32>(row, MEAN_GAIN) * error;
  const misfit = miss * miss * exponential<f32>(-(above + low));
  const known = load<f32>(row, IS_KL) * exponential<f32>(-above);
  return 0.5 * half * load<f32>(row, DRAW_WEIGHT) * (1 - misfit - known);
}

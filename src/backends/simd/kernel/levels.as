/*
 * Byte offsets in a row of the table of noise levels: `LEVEL` of objective.ts, four bytes each. The gradients of the tests
 * would notice if they parted.
 */
export const ALPHA: usize = 0;
export const SIGMA: usize = 4;
export const INPUT_SCALE: usize = 8;
export const TARGET_X0: usize = 12;
export const TARGET_EPS: usize = 16;
export const GAIN: usize = 20;
export const MEAN_GAIN: usize = 24;
export const LOG_BETA: usize = 28;
export const LOG_BETA_TILDE: usize = 32;
export const IS_KL: usize = 36;
export const DRAW_WEIGHT: usize = 40;
export const FEATURES: usize = 44;

/** The row of an example's level. @param level index of the row, u32; nFeatures at its end */
@inline
export function levelRow(levels: usize, level: usize, nFeatures: i32): usize {
  return levels + <usize>load<u32>(level) * (FEATURES + (<usize>nFeatures << 2));
}

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
export const FEATURES: usize = 40;
export const TIME_FEATURES: usize = 16;
export const LEVEL_BYTES: usize = FEATURES + 4 * TIME_FEATURES;

/** The row of an example's level. @param level index of the level, u32 */
@inline
export function levelRow(levels: usize, level: usize): usize {
  return levels + <usize>load<u32>(level) * LEVEL_BYTES;
}

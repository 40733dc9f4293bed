/*
 * What the host calls, on four lanes where the module is compiled for SIMD and on one where it is not. Counts are of floats,
 * addresses are bytes; nothing is allocated here. The functions are described where they are written.
 */
import { activate as activateOn, throughActivation as throughActivationOn } from './activations';
import { accumulate as accumulateOn, adam as adamOn } from './adam';
import { exampleFeatures as exampleFeaturesOn } from './features';
import { normals as normalsOn } from './random';
import { runProgram as runProgramOn } from './program';
import { product as productOn, transposedProduct as transposedProductOn } from './products';

export { gaussians } from './gaussians';
export { lossSlopes } from './loss';
export { peak } from './peak';
export { transpose } from './transpose';

export function product(
  rows: i32, a: usize, inner: i32, w: usize, bias: usize, strips: i32, out: usize,
): void {
  if (ASC_FEATURE_SIMD) productOn<v128>(rows, a, inner, w, bias, strips, out);
  else productOn<f32>(rows, a, inner, w, bias, strips, out);
}

export function transposedProduct(
  rows: i32, a: usize, inner: i32, d: usize, strips: i32, out: usize, accumulate: bool,
): void {
  if (ASC_FEATURE_SIMD) transposedProductOn<v128>(rows, a, inner, d, strips, out, accumulate);
  else transposedProductOn<f32>(rows, a, inner, d, strips, out, accumulate);
}

export function activate(kind: i32, count: i32, z: usize, slope: usize): void {
  if (ASC_FEATURE_SIMD) activateOn<v128>(kind, count, z, slope);
  else activateOn<f32>(kind, count, z, slope);
}

export function throughActivation(
  rows: i32, strips: i32, d: usize, slope: usize, sums: usize, accumulate: bool,
): void {
  if (ASC_FEATURE_SIMD) throughActivationOn<v128>(rows, strips, d, slope, sums, accumulate);
  else throughActivationOn<f32>(rows, strips, d, slope, sums, accumulate);
}

export function exampleFeatures(
  rows: i32, size: i32, level: usize, x0: usize, eps: usize, levels: usize, nLevelFeatures: i32,
  waves: usize, nWaves: i32, out: usize,
): void {
  if (ASC_FEATURE_SIMD) {
    exampleFeaturesOn<v128>(rows, size, level, x0, eps, levels, nLevelFeatures, waves, nWaves, out);
  } else exampleFeaturesOn<f32>(rows, size, level, x0, eps, levels, nLevelFeatures, waves, nWaves, out);
}

export function runProgram(
  network: usize, code: usize, end: usize, taken: usize, n: i32, perChunk: i32,
): void {
  if (ASC_FEATURE_SIMD) runProgramOn<v128>(network, code, end, taken, n, perChunk);
  else runProgramOn<f32>(network, code, end, taken, n, perChunk);
}

export function accumulate(count: i32, sums: usize, terms: usize): void {
  if (ASC_FEATURE_SIMD) accumulateOn<v128>(count, sums, terms);
  else accumulateOn<f32>(count, sums, terms);
}

export function adam(
  count: i32, weights: usize, ema: usize, m: usize, v: usize, gradient: usize, rate: f32, share: f32,
): void {
  if (ASC_FEATURE_SIMD) adamOn<v128>(count, weights, ema, m, v, gradient, rate, share);
  else adamOn<f32>(count, weights, ema, m, v, gradient, rate, share);
}

export function normals(count: i32, state: usize, out: usize): void {
  if (ASC_FEATURE_SIMD) normalsOn<v128>(count, state, out);
  else normalsOn<f32>(count, state, out);
}

/** Where the kernel's own constants end. */
export function staticEnd(): usize {
  return __heap_base;
}

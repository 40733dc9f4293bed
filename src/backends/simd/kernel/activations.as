import { ratioTerm, rounder, sigmoid, sigmoidLimit } from './functions';
import { add, bytes, fma, fnma, lanes, larger, mul, splat, sub } from './lanes';
import { STRIP_BYTES } from './strips';

/** How the host names them: the order of ACTIVATIONS in kernels.ts. */
const SILU: i32 = 0;
const GELU: i32 = 1;
const RELU: i32 = 2;

const LOG2_E: f32 = 1.44269504;

/**
 * z becomes h = f(z), and f′(z) is kept where there is a place for it.
 * @param count of floats, a multiple of 4
 * @param slope where f′(z) goes, or 0
 */
@inline
export function activate<T>(kind: i32, count: i32, z: usize, slope: usize): void {
  if (kind == SILU) gated<T>(count, z, slope, 1);
  else if (kind == GELU) gated<T>(count, z, slope, 1.702);
  else if (kind == RELU) rectified<T>(count, z, slope);
  else hyperbolicTangent<T>(count, z, slope);
}

/** z·σ(kz): SiLU for k = 1, GELU's sigmoid form for k = 1.702 (Hendrycks & Gimpel 2016). Slope s + k·(y − ys). */
function gated<T>(count: i32, z: usize, slope: usize, k: f32): void {
  const factor = splat<T>(k), scale = splat<T>(-LOG2_E * k);
  const limit = splat<T>(sigmoidLimit(k)), least = splat<T>(-sigmoidLimit(k));
  const shift = rounder<T>(), g0 = ratioTerm<T>(0), g1 = ratioTerm<T>(1), g2 = ratioTerm<T>(2);
  const end = z + bytes(count);
  for (; z < end; z += bytes(lanes<T>())) {
    const x = load<T>(z);
    const s = sigmoid<T>(x, scale, limit, least, shift, g0, g1, g2);
    const y = mul<T>(x, s);
    store<T>(z, y);
    if (slope) {
      store<T>(slope, fma<T>(y, fnma<T>(factor, s, factor), s));
      slope += bytes(lanes<T>());
    }
  }
}

/** max(z, 0). Slope 1 where z > 0, else 0. */
function rectified<T>(count: i32, z: usize, slope: usize): void {
  const zero = splat<T>(0);
  const end = z + bytes(count);
  for (; z < end; z += bytes(lanes<T>())) {
    const x = load<T>(z);
    store<T>(z, larger<T>(x, zero));
    if (slope) {
      store<T>(slope, positive<T>(x));
      slope += bytes(lanes<T>());
    }
  }
}

@inline
function positive<T>(x: T): T {
  if (isVector<T>()) return v128.and(f32x4.gt(x, f32x4.splat(0)), f32x4.splat(1));
  else return x > 0 ? <T>1 : <T>0;
}

/** tanh z = 2σ(2z) − 1. Slope 1 − y². */
function hyperbolicTangent<T>(count: i32, z: usize, slope: usize): void {
  const one = splat<T>(1), two = splat<T>(2), scale = splat<T>(-2 * LOG2_E);
  const limit = splat<T>(sigmoidLimit(2)), least = splat<T>(-sigmoidLimit(2));
  const shift = rounder<T>(), g0 = ratioTerm<T>(0), g1 = ratioTerm<T>(1), g2 = ratioTerm<T>(2);
  const end = z + bytes(count);
  for (; z < end; z += bytes(lanes<T>())) {
    const y = sub<T>(mul<T>(two, sigmoid<T>(load<T>(z), scale, limit, least, shift, g0, g1, g2)), one);
    store<T>(z, y);
    if (slope) {
      store<T>(slope, fnma<T>(y, y, one));
      slope += bytes(lanes<T>());
    }
  }
}

/**
 * Back through an activation: d ← d⊙f′, and the sums of its columns, which are the biases' gradient.
 * @param d strips of [rows][8·strips]
 * @param slope f′ likewise, or 0 where there is no activation
 * @param sums [8·strips]
 */
@inline
export function throughActivation<T>(
  rows: i32, strips: i32, d: usize, slope: usize, sums: usize, accumulate: bool,
): void {
  const stride = <usize>rows * STRIP_BYTES;
  for (let strip = 0; strip < strips; strip++) {
    for (let column: usize = 0; column < STRIP_BYTES; column += bytes(2 * lanes<T>())) {
      columnSums<T>(d + column, d + column + stride, slope ? slope + column : 0, sums + column, accumulate);
    }
    d += stride;
    if (slope) slope += stride;
    sums += STRIP_BYTES;
  }
}

@inline
function columnSums<T>(d: usize, end: usize, slope: usize, sums: usize, accumulate: bool): void {
  const second = bytes(lanes<T>());
  let sum0 = splat<T>(0), sum1 = splat<T>(0);
  for (; d < end; d += STRIP_BYTES) {
    let d0 = load<T>(d), d1 = load<T>(d + second);
    if (slope) {
      d0 = mul<T>(d0, load<T>(slope));
      d1 = mul<T>(d1, load<T>(slope + second));
      store<T>(d, d0);
      store<T>(d + second, d1);
      slope += STRIP_BYTES;
    }
    sum0 = add<T>(sum0, d0);
    sum1 = add<T>(sum1, d1);
  }
  store<T>(sums, accumulate ? add<T>(load<T>(sums), sum0) : sum0);
  store<T>(sums + second, accumulate ? add<T>(load<T>(sums + second), sum1) : sum1);
}

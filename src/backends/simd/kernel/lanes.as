/*
 * Arithmetic on T, which is v128 (four floats at once) or f32 (one): every kernel is written once for both.
 * f32x4.relaxed_madd is a fused multiply-add where the module is compiled for relaxed SIMD.
 */

@inline
export function lanes<T>(): i32 {
  return isVector<T>() ? 4 : 1;
}

/** Bytes of so many floats. */
@inline
export function bytes(floats: i32): usize {
  return (<usize>floats) << 2;
}

@inline
export function splat<T>(value: f32): T {
  if (isVector<T>()) return f32x4.splat(value);
  else return value;
}

/** The float at an address, in all lanes. */
@inline
export function broadcast<T>(at: usize): T {
  if (isVector<T>()) return v128.load32_splat(at);
  else return load<f32>(at);
}

@inline
export function add<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.add(a, b);
  else return a + b;
}

@inline
export function sub<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.sub(a, b);
  else return a - b;
}

@inline
export function mul<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.mul(a, b);
  else return a * b;
}

@inline
export function div<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.div(a, b);
  else return a / b;
}

@inline
export function root<T>(a: T): T {
  if (isVector<T>()) return f32x4.sqrt(a);
  else return sqrt<f32>(a);
}

/** a·b + c */
@inline
export function fma<T>(a: T, b: T, c: T): T {
  if (isVector<T>()) {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
    else return f32x4.add(f32x4.mul(a, b), c);
  } else return a * b + c;
}

/** c − a·b */
@inline
export function fnma<T>(a: T, b: T, c: T): T {
  if (isVector<T>()) {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
    else return f32x4.sub(c, f32x4.mul(a, b));
  } else return c - a * b;
}

/** a where it is above b, else b; a NaN in a stays. */
@inline
export function larger<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.pmax(a, b);
  else return a < b ? b : a;
}

/** a where it is below b, else b; a NaN in a stays. */
@inline
export function smaller<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.pmin(a, b);
  else return b < a ? b : a;
}

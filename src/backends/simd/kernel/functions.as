import { add, broadcast, bytes, div, fma, fnma, larger, mul, smaller, splat, sub } from './lanes';

/*
 * exp and sin on lanes. Both split their argument into a whole number n of periods and a small rest: adding 1.5·2²³ leaves
 * no bits for a fraction, so the sum holds n in its lowest bits and, less the same, is n itself.
 */
const ROUNDER: f32 = 12582912;

/** eˣ for |x| ≤ 86, and the value at the nearer end beyond; relative error below 3e-7. */
@inline
export function exponential<T>(x: T): T {
  x = smaller<T>(larger<T>(x, splat<T>(-86)), splat<T>(86));
  const shifted = fma<T>(x, splat<T>(1.44269504), splat<T>(ROUNDER));
  const n = sub<T>(shifted, splat<T>(ROUNDER));
  // ln 2 in two parts, of which the first times n is exact.
  const r = fnma<T>(n, splat<T>(-2.12194440e-4), fnma<T>(n, splat<T>(0.693359375), x));
  // e^r = 1 + r + r²·q(r) on |r| ≤ ½ ln 2, with the relative error of q spread evenly.
  let q = fma<T>(r, splat<T>(0.008312477653559467), splat<T>(0.04189055002837552));
  q = fma<T>(r, q, splat<T>(0.1666711631407483));
  q = fma<T>(r, q, splat<T>(0.49999228825140846));
  return timesPowerOfTwo<T>(fma<T>(mul<T>(r, r), q, add<T>(r, splat<T>(1))), shifted);
}

/** x·2ⁿ by adding n to the exponent's bits. @param shifted n + ROUNDER */
@inline
function timesPowerOfTwo<T>(x: T, shifted: T): T {
  if (isVector<T>()) return i32x4.add(x, i32x4.shl(shifted, 23));
  else return reinterpret<f32>(reinterpret<i32>(x) + (reinterpret<i32>(shifted) << 23));
}

/*
 * What `sigmoid` needs in every turn of a loop, for the loop to load before it begins: a vector that is written as a number
 * would be made anew each time, from four.
 */
const SIGMOID: usize = memory.data<f32>([
  12582912,
  // 2^f = (g(f²) + f)/(g(f²) − f) on |f| ≤ ½, with g the start of f·coth(½f ln 2) and the relative error spread evenly: 1e-8.
  2.885390043258667, 0.11552395671606064, -0.0009204538073390722,
]);

@inline
export function rounder<T>(): T {
  return broadcast<T>(SIGMOID);
}

/** The coefficient of f^2i in g. */
@inline
export function ratioTerm<T>(i: i32): T {
  return broadcast<T>(SIGMOID + bytes(1 + i));
}

/** Beyond ± so much x, `sigmoid` of x·factor stays as it is: 2¹²⁵ and its inverse are about the last float32 numbers. */
@inline
export function sigmoidLimit(factor: f32): f32 {
  return <f32>86.6434 / factor;
}

/**
 * σ(x·factor) = 1/(1 + 2^power), as a quotient with a single division: the powers of two are one too. Relative error
 * below 4e-7 and, as power is rounded, another 1e-7 for each unit of x.
 * @param scale −factor·log₂e, so that power = x·scale
 * @param limit `sigmoidLimit`, and `least` its negative
 * @param shift `rounder`; g0, g1 and g2 are `ratioTerm` 0 to 2
 */
@inline
export function sigmoid<T>(x: T, scale: T, limit: T, least: T, shift: T, g0: T, g1: T, g2: T): T {
  const bounded = larger<T>(smaller<T>(x, limit), least);
  const shifted = fma<T>(bounded, scale, shift);
  // −f: what is left of the power after its whole number.
  const f = fnma<T>(bounded, scale, sub<T>(shifted, shift));
  const square = mul<T>(f, f);
  const g = fma<T>(square, fma<T>(square, g2, g1), g0);
  const below = add<T>(g, f);
  return div<T>(below, add<T>(below, timesPowerOfTwo<T>(sub<T>(g, f), shifted)));
}

/** sin x; absolute error below 2e-7 for |x| ≤ 100 and growing with x, but never outside [−1, 1] for finite x. */
@inline
export function sine<T>(x: T): T {
  const shifted = fma<T>(x, splat<T>(0.3183098861837907), splat<T>(ROUNDER));
  const n = sub<T>(shifted, splat<T>(ROUNDER));
  // π in two parts, of which the first times n is exact.
  let r = fnma<T>(n, splat<T>(9.67653589793e-4), fnma<T>(n, splat<T>(3.140625), x));
  r = smaller<T>(larger<T>(r, splat<T>(-1.5707964)), splat<T>(1.5707964));
  // sin r = r + r³·q(r²) on |r| ≤ π/2, with the error spread evenly.
  const square = mul<T>(r, r);
  let q = fma<T>(square, splat<T>(0.0000025997484703290966), splat<T>(-0.0001980647747154311));
  q = fma<T>(square, q, splat<T>(0.008333015397211457));
  q = fma<T>(square, q, splat<T>(-0.16666657019743913));
  return negatedWhenOdd<T>(fma<T>(mul<T>(square, r), q, r), shifted);
}

/** (−1)ⁿ·x. @param shifted n + ROUNDER */
@inline
function negatedWhenOdd<T>(x: T, shifted: T): T {
  if (isVector<T>()) return v128.xor(x, i32x4.shl(shifted, 31));
  else return reinterpret<f32>(reinterpret<i32>(x) ^ (reinterpret<i32>(shifted) << 31));
}

/** ln x for normal x > 0; relative error below 3e-7, beside x = 1 too. */
@inline
export function logarithm<T>(x: T): T {
  // x = 2ᵉ·m with m in [√½, √2): the bits of √½ are taken off before the exponent is read, and put back.
  const e = exponentAbove<T>(x);
  const r = sub<T>(withoutExponent<T>(x, e), splat<T>(1));
  // ln(1 + r) = r − r²/2 + r³·q(r): Cephes logf (Moshier).
  let q = fma<T>(r, splat<T>(7.0376836292e-2), splat<T>(-1.1514610310e-1));
  q = fma<T>(r, q, splat<T>(1.1676998740e-1));
  q = fma<T>(r, q, splat<T>(-1.2420140846e-1));
  q = fma<T>(r, q, splat<T>(1.4249322787e-1));
  q = fma<T>(r, q, splat<T>(-1.6668057665e-1));
  q = fma<T>(r, q, splat<T>(2.0000714765e-1));
  q = fma<T>(r, q, splat<T>(-2.4999993993e-1));
  q = fma<T>(r, q, splat<T>(3.3333331174e-1));
  const square = mul<T>(r, r);
  const rest = fma<T>(mul<T>(square, r), q, mul<T>(square, splat<T>(-0.5)));
  const power = wholeNumber<T>(e);
  const low = fma<T>(power, splat<T>(-2.12194440e-4), rest);
  return fma<T>(power, splat<T>(0.693359375), add<T>(r, low));
}

/** The bits of √½. */
const SQRT_HALF: i32 = 0x3f3504f3;

/** The e of x = 2ᵉ·m, m in [√½, √2), as integer bits. */
@inline
function exponentAbove<T>(x: T): T {
  if (isVector<T>()) return i32x4.shr_s(i32x4.sub(x, i32x4.splat(SQRT_HALF)), 23);
  else return reinterpret<f32>((reinterpret<i32>(x) - SQRT_HALF) >> 23);
}

/** The m of x = 2ᵉ·m. */
@inline
function withoutExponent<T>(x: T, e: T): T {
  if (isVector<T>()) return i32x4.sub(x, i32x4.shl(e, 23));
  else return reinterpret<f32>(reinterpret<i32>(x) - (reinterpret<i32>(e) << 23));
}

/** Integer bits as a float. */
@inline
export function wholeNumber<T>(bits: T): T {
  if (isVector<T>()) return f32x4.convert_i32x4_s(bits);
  else return <f32>reinterpret<i32>(bits);
}

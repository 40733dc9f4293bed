import { add, broadcast, div, fma, fnma, larger, mul, smaller, splat, sub } from './lanes';

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
 * What `sigmoid` reads again in every turn of a loop. From memory it takes one instruction; a vector that is written as a
 * number would be made anew each time, from four.
 */
const SIGMOID: usize = memory.data<f32>([
  1, 125, -125, 12582912,
  // 2^f = 1 + f·(c₁ + … + c₅f⁴) on |f| ≤ ½, with the relative error spread evenly.
  0.6931469769918732, 0.24022241273558745, 0.055507343867909405, 0.009671565808439028, 0.0013264659037121036,
]);

/** σ(x) = 1/(1 + 2^power) for power = −x·log₂e; absolute error below 2e-7. */
@inline
export function sigmoid<T>(power: T): T {
  const one = broadcast<T>(SIGMOID), rounder = broadcast<T>(SIGMOID + 12);
  const bounded = larger<T>(smaller<T>(power, broadcast<T>(SIGMOID + 4)), broadcast<T>(SIGMOID + 8));
  const shifted = add<T>(bounded, rounder);
  const f = sub<T>(bounded, sub<T>(shifted, rounder));
  const square = mul<T>(f, f);
  const p1 = fma<T>(f, broadcast<T>(SIGMOID + 16), one);
  const p3 = fma<T>(f, broadcast<T>(SIGMOID + 24), broadcast<T>(SIGMOID + 20));
  const p5 = fma<T>(f, broadcast<T>(SIGMOID + 32), broadcast<T>(SIGMOID + 28));
  const power2 = timesPowerOfTwo<T>(fma<T>(square, fma<T>(square, p5, p3), p1), shifted);
  return div<T>(one, add<T>(one, power2));
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

/*
 * In float64, so that what is rounded to float32 in the end is what core/rng.ts would have made of the same uniform numbers.
 * The polynomials are those of fdlibm (e_log.c, k_sin.c, k_cos.c).
 */

const TWO_PI: f64 = 6.283185307179586;
const LN_2: f64 = 0.6931471805599453;
/** The bits of √½. */
const SQRT_HALF: u64 = 0x3fe6a09e667f3bcd;

/**
 * Pairs of standard normal numbers √(−2 ln(1 − u))·(cos 2πv, sin 2πv) of pairs (u, v) (Box & Muller 1958).
 * @param count even
 * @param uniforms [count] f64 in [0,1)
 * @param out [count] f32
 */
export function boxMuller(count: i32, uniforms: usize, out: usize): void {
  const end = out + (<usize>count << 2);
  for (; out < end; out += 8) {
    const radius = sqrt<f64>(-2 * logarithm(1 - load<f64>(uniforms)));
    const turns = load<f64>(uniforms, 8);
    const quarter = nearest<f64>(4 * turns);
    const angle = TWO_PI * (turns - 0.25 * quarter);
    const s = sineNearZero(angle), c = cosineNearZero(angle);
    const quadrant = <i32>quarter;
    const isOdd = (quadrant & 1) != 0;
    const x = isOdd ? s : c, y = isOdd ? c : s;
    store<f32>(out, <f32>(radius * ((quadrant + 1) & 2 ? -x : x)));
    store<f32>(out, <f32>(radius * (quadrant & 2 ? -y : y)), 4);
    uniforms += 16;
  }
}

/** ln x for x in [2⁻⁵³, 1] */
@inline
function logarithm(x: f64): f64 {
  // x = 2ᵉ·(1 + f) with 1 + f in [√½, √2)
  const bits = reinterpret<u64>(x);
  const e = <i64>(bits - SQRT_HALF) >> 52;
  const f = reinterpret<f64>(bits - (<u64>e << 52)) - 1;
  const s = f / (2 + f), z = s * s, w = z * z;
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const half = 0.5 * f * f;
  return <f64>e * LN_2 + (f - (half - s * (half + odd + even)));
}

/** sin x on |x| ≤ π/4 */
@inline
function sineNearZero(x: f64): f64 {
  const z = x * x, w = z * z;
  const low = -0.16666666666666632 + z * 0.00833333333332249 + w * (-0.0001984126982985795 + z * 0.0000027557313707070068);
  return x + x * z * (low + w * w * (-2.5050760253406863e-8 + z * 1.58969099521155e-10));
}

/** cos x on |x| ≤ π/4 */
@inline
function cosineNearZero(x: f64): f64 {
  const z = x * x, w = z * z;
  const low = 0.0416666666666666 + z * -0.001388888888887411 + w * (0.00002480158728947673 + z * -2.7557314351390663e-7);
  return 1 - 0.5 * z + w * (low + w * w * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
}

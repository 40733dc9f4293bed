/*
 * In float64, so that what is rounded to float32 in the end is what core/rng.ts would have made of the same uniform numbers.
 * The polynomials are those of fdlibm (e_log.c, k_sin.c, k_cos.c).
 */

const TWO_PI: f64 = 6.283185307179586;
const LN_2: f64 = 0.6931471805599453;
/** The bits of √½. */
const SQRT_HALF: u64 = 0x3fe6a09e667f3bcd;

/** Words that the generator makes before the first that counts. */
const WARM_UP: i32 = 12;
/** 2⁻⁵³, and what the upper of two words counts for beside the lower. */
const UNIT: f64 = 1.1102230246251565e-16, UPPER: f64 = 67108864;

/**
 * The first normal numbers of a stream of core/rng.ts, by sfc32 and Box & Muller (1958): pairs √(−2 ln(1 − u))·(cos 2πv,
 * sin 2πv) of uniform numbers (u, v).
 * @param count even
 * @param stream u32: the four words that the stream begins with, and room for four; all change
 * @param out [count] f32
 */
export function gaussians(count: i32, stream: usize, out: usize): void {
  nextWords(stream, WARM_UP);
  const end = out + (<usize>count << 2);
  for (; out < end; out += 8) {
    nextWords(stream, 4);
    pairOfNormals(uniform(stream + 16), uniform(stream + 24), out);
  }
}

/** Moves the generator on by so many words, a multiple of four; the last four of them are left behind its state. */
@inline
function nextWords(stream: usize, count: i32): void {
  let a = load<u32>(stream), b = load<u32>(stream, 4), c = load<u32>(stream, 8), counter = load<u32>(stream, 12);
  for (let i: usize = 0; i < <usize>count; i++) {
    const sum = a + b + counter;
    a = b ^ (b >> 9);
    b = c + (c << 3);
    c = rotl<u32>(c, 21) + sum;
    counter++;
    store<u32>(stream + ((i & 3) << 2), sum, 16);
  }
  store<u32>(stream, a), store<u32>(stream, b, 4), store<u32>(stream, c, 8), store<u32>(stream, counter, 12);
}

/** 53 bits of two words, in [0,1). */
@inline
function uniform(words: usize): f64 {
  return (<f64>(load<u32>(words) >> 5) * UPPER + <f64>(load<u32>(words, 4) >> 6)) * UNIT;
}

@inline
function pairOfNormals(u: f64, v: f64, out: usize): void {
  const radius = sqrt<f64>(-2 * logarithm(1 - u));
  const quarter = nearest<f64>(4 * v);
  const angle = TWO_PI * (v - 0.25 * quarter);
  const s = sineNearZero(angle), c = cosineNearZero(angle);
  const quadrant = <i32>quarter;
  const isOdd = (quadrant & 1) != 0;
  const x = isOdd ? s : c, y = isOdd ? c : s;
  store<f32>(out, <f32>(radius * ((quadrant + 1) & 2 ? -x : x)));
  store<f32>(out, <f32>(radius * (quadrant & 2 ? -y : y)), 4);
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

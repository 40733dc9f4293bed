import { logarithm, sine, wholeNumber } from './functions';
import { add, bytes, lanes, mul, root, splat } from './lanes';

/** Independent streams side by side; words 0…3 of each state lie one after another. */
const STREAMS: i32 = 4;
const WORD: usize = 16;

const PI: f32 = 3.1415927;
const HALF_PI: f32 = 1.5707964;
/** 2⁻³¹ */
const UNIT: f32 = 4.656613e-10;

/**
 * Standard normal numbers by Box & Muller, from xoshiro128++ (Blackman & Vigna 2021): up to 6.6 standard deviations.
 * @param count a multiple of 8
 * @param state [4 words][4 streams], not all zeros in any; it moves on
 */
@inline
export function normals<T>(count: i32, state: usize, out: usize): void {
  const end = out + bytes(count);
  for (; out < end; out += bytes(2 * STREAMS)) {
    for (let stream = 0; stream < STREAMS; stream += lanes<T>()) {
      const at = bytes(stream);
      const uniform = mul<T>(add<T>(upperBits<T>(nextWord<T>(state + at)), splat<T>(0.5)), splat<T>(UNIT));
      const angle = mul<T>(wholeNumber<T>(nextWord<T>(state + at)), splat<T>(PI * UNIT));
      const radius = root<T>(mul<T>(splat<T>(-2), logarithm<T>(uniform)));
      store<T>(out + at, mul<T>(radius, sine<T>(add<T>(angle, splat<T>(HALF_PI)))));
      store<T>(out + at + bytes(STREAMS), mul<T>(radius, sine<T>(angle)));
    }
  }
}

/** 32 random bits in each lane of T. */
@inline
function nextWord<T>(state: usize): T {
  if (isVector<T>()) {
    const a = v128.load(state), b = v128.load(state, WORD), c = v128.load(state, 2 * WORD), d = v128.load(state, 3 * WORD);
    const result = i32x4.add(rotated(i32x4.add(a, d), 7), a);
    const c1 = v128.xor(c, a), d1 = v128.xor(d, b);
    v128.store(state, v128.xor(a, d1));
    v128.store(state, v128.xor(b, c1), WORD);
    v128.store(state, v128.xor(c1, i32x4.shl(b, 9)), 2 * WORD);
    v128.store(state, rotated(d1, 11), 3 * WORD);
    return result;
  } else {
    const a = load<u32>(state), b = load<u32>(state, WORD), c = load<u32>(state, 2 * WORD), d = load<u32>(state, 3 * WORD);
    const result = rotl<u32>(a + d, 7) + a;
    const c1 = c ^ a, d1 = d ^ b;
    store<u32>(state, a ^ d1);
    store<u32>(state, b ^ c1, WORD);
    store<u32>(state, c1 ^ (b << 9), 2 * WORD);
    store<u32>(state, rotl<u32>(d1, 11), 3 * WORD);
    return reinterpret<f32>(result);
  }
}

@inline
function rotated(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** The upper 31 bits. */
@inline
function upperBits<T>(word: T): T {
  if (isVector<T>()) return f32x4.convert_i32x4_s(i32x4.shr_u(word, 1));
  else return <f32>(reinterpret<u32>(word) >> 1);
}

import { wgsl } from './text.ts';

/**
 * Random numbers from counters: Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"),
 * ten rounds of two 32×32→64 bit products. A key and a counter give four words; nothing is stored.
 * The counters in use: (index of the point, step, 0, PURPOSE) for training, (index of the point, noise key's two words,
 * PURPOSE) for sampling. The key is two words that the CPU draws from the stream it was given.
 */
export const PURPOSE = { example: 0, shift: 1, order: 2, noise: 3 } as const;

export const randomWgsl = wgsl`
fn productHigh(a: u32, b: u32) -> u32 {
  let aLow = a & 0xffffu; let aHigh = a >> 16u;
  let bLow = b & 0xffffu; let bHigh = b >> 16u;
  let low = aLow * bLow;
  let middle = aHigh * bLow + (low >> 16u);
  let carry = aLow * bHigh + (middle & 0xffffu);
  return aHigh * bHigh + (middle >> 16u) + (carry >> 16u);
}

fn philox(start: vec4u, seed: vec2u) -> vec4u {
  var c = start;
  var key = seed;
  for (var turn = 0u; turn < 10u; turn++) {
    let high0 = productHigh(0xD2511F53u, c.x); let low0 = 0xD2511F53u * c.x;
    let high1 = productHigh(0xCD9E8D57u, c.z); let low1 = 0xCD9E8D57u * c.z;
    c = vec4u(high1 ^ c.y ^ key.x, low1, high0 ^ c.w ^ key.y, low0);
    key += vec2u(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}

// Uniform on [0,1), 24 bits.
fn unit(word: u32) -> f32 { return f32(word >> 8u) * 5.9604644775390625e-8; }

// sin x to float32's rounding for moderate x, which the built-in need not be: |x - nπ| ≤ π/2, then Taylor.
fn sine(x: f32) -> f32 {
  let n = round(x * 0.31830988618);
  let r = (x - n * 3.140625) - n * 9.67653589793e-4;
  let r2 = r * r;
  let tail = r2 * (-1.6666666667e-1 + r2 * (8.3333333333e-3 + r2 * (-1.9841269841e-4
    + r2 * (2.7557319224e-6 - r2 * 2.5052108385e-8))));
  let value = r + r * tail;
  return select(value, -value, (i32(n) & 1) == 1);
}

// Two standard normals by Box and Muller; the radius has 32 bits, so that the tails reach 6.7.
fn normals(radiusWord: u32, angleWord: u32) -> vec2f {
  let radius = sqrt(-2.0 * log(min((f32(radiusWord) + 0.5) * 2.3283064365386963e-10, 1.0)));
  let angle = 6.28318530718 * unit(angleWord);
  return radius * vec2f(sine(angle + 1.57079632679), sine(angle));
}
`;

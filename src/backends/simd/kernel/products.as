import { add, broadcast, bytes, fma, lanes, splat } from './lanes';
import { STRIP, STRIP_BYTES } from './strips';

/*
 * The two products of a dense layer on strips (see strips.as), as register tiles: up to six rows by two lanes of sums stay in
 * registers while the inner dimension passes by; six by two, two operands and one broadcast fill 15 registers.
 */

/**
 * out = a·w + bias.
 * @param a strips of [rows][inner]; rows is even
 * @param w strips of [inner][8·strips]
 * @param bias [8·strips], or 0 for none
 * @param out strips of [rows][8·strips]
 */
@inline
export function product<T>(
  rows: i32, a: usize, inner: i32, w: usize, bias: usize, strips: i32, out: usize,
): void {
  const stride = <usize>rows * STRIP_BYTES;
  for (let strip = 0; strip < strips; strip++) {
    for (let lane = 0; lane < STRIP; lane += 2 * lanes<T>()) {
      const column = bytes(lane);
      let sums0 = splat<T>(0), sums1 = splat<T>(0);
      if (bias) {
        sums0 = load<T>(bias + column);
        sums1 = load<T>(bias + column + bytes(lanes<T>()));
      }
      let row = 0;
      for (; row + 6 <= rows; row += 6) {
        const at = <usize>row * STRIP_BYTES;
        sixRows<T>(a + at, stride, inner, w + column, sums0, sums1, out + at + column);
      }
      for (; row < rows; row += 2) {
        const at = <usize>row * STRIP_BYTES;
        twoRows<T>(a + at, stride, inner, w + column, sums0, sums1, out + at + column);
      }
    }
    w += <usize>inner * STRIP_BYTES;
    if (bias) bias += STRIP_BYTES;
    out += stride;
  }
}

@inline
function sixRows<T>(
  a: usize, stride: usize, inner: i32, w: usize, sums0: T, sums1: T, out: usize,
): void {
  let s00 = sums0, s10 = sums0, s20 = sums0, s30 = sums0, s40 = sums0, s50 = sums0;
  let s01 = sums1, s11 = sums1, s21 = sums1, s31 = sums1, s41 = sums1, s51 = sums1;
  const second = bytes(lanes<T>());
  for (let left = inner; left > 0; left -= STRIP) {
    const end = a + bytes(min(left, STRIP));
    for (let p = a; p < end; p += 4) {
      const w0 = load<T>(w), w1 = load<T>(w + second);
      let x = broadcast<T>(p);
      s00 = fma<T>(x, w0, s00); s01 = fma<T>(x, w1, s01);
      x = broadcast<T>(p + 32);
      s10 = fma<T>(x, w0, s10); s11 = fma<T>(x, w1, s11);
      x = broadcast<T>(p + 64);
      s20 = fma<T>(x, w0, s20); s21 = fma<T>(x, w1, s21);
      x = broadcast<T>(p + 96);
      s30 = fma<T>(x, w0, s30); s31 = fma<T>(x, w1, s31);
      x = broadcast<T>(p + 128);
      s40 = fma<T>(x, w0, s40); s41 = fma<T>(x, w1, s41);
      x = broadcast<T>(p + 160);
      s50 = fma<T>(x, w0, s50); s51 = fma<T>(x, w1, s51);
      w += STRIP_BYTES;
    }
    a += stride;
  }
  store<T>(out, s00); store<T>(out + second, s01);
  store<T>(out + 32, s10); store<T>(out + 32 + second, s11);
  store<T>(out + 64, s20); store<T>(out + 64 + second, s21);
  store<T>(out + 96, s30); store<T>(out + 96 + second, s31);
  store<T>(out + 128, s40); store<T>(out + 128 + second, s41);
  store<T>(out + 160, s50); store<T>(out + 160 + second, s51);
}

@inline
function twoRows<T>(
  a: usize, stride: usize, inner: i32, w: usize, sums0: T, sums1: T, out: usize,
): void {
  let s00 = sums0, s10 = sums0, s01 = sums1, s11 = sums1;
  const second = bytes(lanes<T>());
  for (let left = inner; left > 0; left -= STRIP) {
    const end = a + bytes(min(left, STRIP));
    for (let p = a; p < end; p += 4) {
      const w0 = load<T>(w), w1 = load<T>(w + second);
      let x = broadcast<T>(p);
      s00 = fma<T>(x, w0, s00); s01 = fma<T>(x, w1, s01);
      x = broadcast<T>(p + 32);
      s10 = fma<T>(x, w0, s10); s11 = fma<T>(x, w1, s11);
      w += STRIP_BYTES;
    }
    a += stride;
  }
  store<T>(out, s00); store<T>(out + second, s01);
  store<T>(out + 32, s10); store<T>(out + 32 + second, s11);
}

/**
 * out = aᵀ·d, or out += aᵀ·d.
 * @param a strips of [rows][inner]; inner is even
 * @param d strips of [rows][8·strips]
 * @param out strips of [inner][8·strips]
 */
@inline
export function transposedProduct<T>(
  rows: i32, a: usize, inner: i32, d: usize, strips: i32, out: usize, accumulate: bool,
): void {
  const stride = <usize>rows * STRIP_BYTES;
  for (let strip = 0; strip < strips; strip++) {
    for (let lane = 0; lane < STRIP; lane += 2 * lanes<T>()) {
      const column = bytes(lane);
      let i = 0;
      for (; i + 6 <= inner; i += 6) {
        sixColumns<T>(
          rows, pairAt(a, i, stride), pairAt(a, i + 2, stride), pairAt(a, i + 4, stride), d + column,
          out + <usize>i * STRIP_BYTES + column, accumulate,
        );
      }
      for (; i < inner; i += 2) {
        twoColumns<T>(rows, pairAt(a, i, stride), d + column, out + <usize>i * STRIP_BYTES + column, accumulate);
      }
    }
    d += stride;
    out += <usize>inner * STRIP_BYTES;
  }
}

/** Where columns i and i + 1 begin, i even. */
@inline
function pairAt(a: usize, i: i32, stride: usize): usize {
  return a + <usize>(i / STRIP) * stride + bytes(i % STRIP);
}

@inline
function sixColumns<T>(
  rows: i32, p: usize, q: usize, r: usize, d: usize, out: usize, accumulate: bool,
): void {
  const zero = splat<T>(0);
  let s00 = zero, s10 = zero, s20 = zero, s30 = zero, s40 = zero, s50 = zero;
  let s01 = zero, s11 = zero, s21 = zero, s31 = zero, s41 = zero, s51 = zero;
  const second = bytes(lanes<T>());
  for (let row = 0; row < rows; row++) {
    const d0 = load<T>(d), d1 = load<T>(d + second);
    let x = broadcast<T>(p);
    s00 = fma<T>(x, d0, s00); s01 = fma<T>(x, d1, s01);
    x = broadcast<T>(p + 4);
    s10 = fma<T>(x, d0, s10); s11 = fma<T>(x, d1, s11);
    x = broadcast<T>(q);
    s20 = fma<T>(x, d0, s20); s21 = fma<T>(x, d1, s21);
    x = broadcast<T>(q + 4);
    s30 = fma<T>(x, d0, s30); s31 = fma<T>(x, d1, s31);
    x = broadcast<T>(r);
    s40 = fma<T>(x, d0, s40); s41 = fma<T>(x, d1, s41);
    x = broadcast<T>(r + 4);
    s50 = fma<T>(x, d0, s50); s51 = fma<T>(x, d1, s51);
    p += STRIP_BYTES;
    q += STRIP_BYTES;
    r += STRIP_BYTES;
    d += STRIP_BYTES;
  }
  put<T>(out, s00, accumulate); put<T>(out + second, s01, accumulate);
  put<T>(out + 32, s10, accumulate); put<T>(out + 32 + second, s11, accumulate);
  put<T>(out + 64, s20, accumulate); put<T>(out + 64 + second, s21, accumulate);
  put<T>(out + 96, s30, accumulate); put<T>(out + 96 + second, s31, accumulate);
  put<T>(out + 128, s40, accumulate); put<T>(out + 128 + second, s41, accumulate);
  put<T>(out + 160, s50, accumulate); put<T>(out + 160 + second, s51, accumulate);
}

@inline
function twoColumns<T>(rows: i32, p: usize, d: usize, out: usize, accumulate: bool): void {
  const zero = splat<T>(0);
  let s00 = zero, s10 = zero, s01 = zero, s11 = zero;
  const second = bytes(lanes<T>());
  for (let row = 0; row < rows; row++) {
    const d0 = load<T>(d), d1 = load<T>(d + second);
    let x = broadcast<T>(p);
    s00 = fma<T>(x, d0, s00); s01 = fma<T>(x, d1, s01);
    x = broadcast<T>(p + 4);
    s10 = fma<T>(x, d0, s10); s11 = fma<T>(x, d1, s11);
    p += STRIP_BYTES;
    d += STRIP_BYTES;
  }
  put<T>(out, s00, accumulate); put<T>(out + second, s01, accumulate);
  put<T>(out + 32, s10, accumulate); put<T>(out + 32 + second, s11, accumulate);
}

@inline
function put<T>(at: usize, sums: T, accumulate: bool): void {
  store<T>(at, accumulate ? add<T>(load<T>(at), sums) : sums);
}

import { bytes } from './lanes';
import { STRIP, STRIP_BYTES } from './strips';

/**
 * wᵀ, for the way back.
 * @param w strips of [inner][8·strips]; inner is a multiple of 8
 * @param out strips of [8·strips][inner]
 */
export function transpose(inner: i32, w: usize, strips: i32, out: usize): void {
  const outStride = <usize>strips * STRIP * STRIP_BYTES;
  for (let strip = 0; strip < strips; strip++) {
    for (let i = 0; i < inner; i += STRIP) {
      const from = w + (<usize>strip * inner + i) * STRIP_BYTES;
      const to = out + <usize>(i / STRIP) * outStride + <usize>strip * STRIP * STRIP_BYTES;
      transposeBlock(from, to);
    }
  }
}

/** Eight rows of a strip. */
@inline
function transposeBlock(from: usize, to: usize): void {
  if (ASC_FEATURE_SIMD) {
    const half = bytes(4), below = 4 * STRIP_BYTES;
    transposeQuarter(from, to);
    transposeQuarter(from + half, to + below);
    transposeQuarter(from + below, to + half);
    transposeQuarter(from + below + half, to + below + half);
  } else {
    for (let i = 0; i < STRIP; i++) {
      for (let j = 0; j < STRIP; j++) {
        const value = load<f32>(from + <usize>i * STRIP_BYTES + bytes(j));
        store<f32>(to + <usize>j * STRIP_BYTES + bytes(i), value);
      }
    }
  }
}

/** Four rows by four columns. */
function transposeQuarter(from: usize, to: usize): void {
  const a = v128.load(from), b = v128.load(from, 32), c = v128.load(from, 64), d = v128.load(from, 96);
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab01, cd01, 0, 2));
  v128.store(to, v128.shuffle<f64>(ab01, cd01, 1, 3), 32);
  v128.store(to, v128.shuffle<f64>(ab23, cd23, 0, 2), 64);
  v128.store(to, v128.shuffle<f64>(ab23, cd23, 1, 3), 96);
}

import { sine } from './functions';
import { bytes, div, fma, lanes, splat } from './lanes';
import { ALPHA, FEATURES, INPUT_SCALE, levelRow, SIGMA } from './levels';
import { STRIP_BYTES } from './strips';

/*
 * What the network is shown. Its features are ordered for strips: the waves, of which there are a multiple of eight, the
 * features of the level, its time and class, then x and y.
 */

/**
 * The features of noised examples; of the rows beyond them, zeros.
 * @param rows of the strips
 * @param size examples, at most as many
 * @param level [size] u32; x0 and eps [size][2]
 * @param nLevelFeatures features of a level, a multiple of eight
 * @param waves frequencies of x, of y, phases, and ½|ω|², each [nWaves]
 * @param out strips of [rows][nWaves + nLevelFeatures + 2]
 */
@inline
export function exampleFeatures<T>(
  rows: i32, size: i32, level: usize, x0: usize, eps: usize, levels: usize, nLevelFeatures: i32,
  waves: usize, nWaves: i32, out: usize,
): void {
  const stride = <usize>rows * STRIP_BYTES;
  const shared = out + <usize>(nWaves / 8) * stride;
  const position = shared + <usize>(nLevelFeatures / 8) * stride;
  for (let i = 0; i < size; i++) {
    const at = <usize>i * STRIP_BYTES, point = <usize>i << 3;
    const row = levelRow(levels, level + bytes(i), nLevelFeatures);
    const scale = load<f32>(row, INPUT_SCALE);
    const signal = scale * load<f32>(row, ALPHA), noise = scale * load<f32>(row, SIGMA);
    const x = signal * load<f32>(x0 + point) + noise * load<f32>(eps + point);
    const y = signal * load<f32>(x0 + point, 4) + noise * load<f32>(eps + point, 4);
    pointFeatures<T>(x, y, noise, waves, nWaves, stride, out + at, position + at);
    for (let k: usize = 0; k < <usize>nLevelFeatures; k += 8) {
      memory.copy(shared + at + (k / 8) * stride, row + FEATURES + (k << 2), STRIP_BYTES);
    }
  }
  clearRest(rows, size, stride, out, position);
}

/**
 * The features of points that share one time: those of the level are left out.
 * @param x [size][2]
 * @param noise its standard deviation in the scaled points
 * @param out strips of [rows][nWaves + 2]
 */
@inline
export function positionFeatures<T>(
  rows: i32, size: i32, x: usize, scale: f32, noise: f32, waves: usize, nWaves: i32, out: usize,
): void {
  const stride = <usize>rows * STRIP_BYTES;
  const position = out + <usize>(nWaves / 8) * stride;
  for (let i = 0; i < size; i++) {
    const at = <usize>i * STRIP_BYTES, point = x + (<usize>i << 3);
    pointFeatures<T>(
      scale * load<f32>(point), scale * load<f32>(point, 4), noise, waves, nWaves, stride, out + at, position + at,
    );
  }
  clearRest(rows, size, stride, out, position);
}

/** sin(x·fx + y·fy + phase)/(1 + ½|ω|²·noise²) for each wave, then x and y. */
@inline
function pointFeatures<T>(
  x: f32, y: f32, noise: f32, waves: usize, nWaves: i32, stride: usize, out: usize, position: usize,
): void {
  const xs = splat<T>(x), ys = splat<T>(y), block = bytes(nWaves);
  const variance = splat<T>(noise * noise), one = splat<T>(1);
  for (let k = 0; k < nWaves; k += lanes<T>()) {
    const at = waves + bytes(k);
    const angle = fma<T>(xs, load<T>(at), fma<T>(ys, load<T>(at + block), load<T>(at + 2 * block)));
    const fading = fma<T>(load<T>(at + 3 * block), variance, one);
    store<T>(out + <usize>(k / 8) * stride + bytes(k % 8), div<T>(sine<T>(angle), fading));
  }
  store<f32>(position, x);
  store<f32>(position, y, 4);
}

/** Zeros in the rows beyond the examples, in every strip up to the last. */
function clearRest(rows: i32, size: i32, stride: usize, first: usize, last: usize): void {
  const rest = <usize>(rows - size) * STRIP_BYTES;
  if (rest == 0) return;
  for (let strip = first; strip <= last; strip += stride) {
    memory.fill(strip + <usize>size * STRIP_BYTES, 0, rest);
  }
}

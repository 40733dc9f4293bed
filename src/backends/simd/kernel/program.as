import { activate } from './activations';
import { positionFeatures } from './features';
import { pairs } from './pairs';
import { product } from './products';
import { STRIP, STRIP_BYTES } from './strips';

/*
 * A list of instructions, carried out on points a chunk at a time: a chunk goes through all of them before the next one is
 * begun. They are written by code.ts, in words of eight bytes: two u32 or one f64. Registers are [n][2] f32; an instruction
 * says where they begin. Sums are float64 until they are stored.
 */

const COMBINE: u32 = 0;
const ANSWER: u32 = 1;
const SCALE_NOISE: u32 = 2;
const THRESHOLD: u32 = 3;
const WORD: usize = 8;
/** Bytes of a point. */
const POINT: usize = 8;

/**
 * Takes chunk after chunk that nobody has taken, as long as there are any.
 * @param network see `answers`
 * @param end of the instructions from `code` on
 * @param taken u32, chunks that somebody has taken
 * @param perChunk points of a chunk; of the last one, what is left
 */
@inline
export function runProgram<T>(
  network: usize, code: usize, end: usize, taken: usize, n: i32, perChunk: i32,
): void {
  let first = nextChunk(taken) * perChunk;
  while (first < n) {
    runChunk<T>(network, code, end, <usize>first * POINT, min(perChunk, n - first));
    first = nextChunk(taken) * perChunk;
  }
}

function nextChunk(taken: usize): i32 {
  if (ASC_FEATURE_THREADS) return atomic.add<i32>(taken, 1);
  const chunk = load<i32>(taken);
  store<i32>(taken, chunk + 1);
  return chunk;
}

/** @param offset of the chunk in every register, bytes */
function runChunk<T>(network: usize, code: usize, end: usize, offset: usize, size: i32): void {
  while (code < end) {
    const kind = load<u32>(code);
    const to = <usize>load<u32>(code, 4) + offset;
    if (kind == COMBINE) code = combine(code + WORD, to, offset, size);
    else if (kind == ANSWER) code = answer<T>(network, code + WORD, to, offset, size);
    else if (kind == SCALE_NOISE) code = scaleNoise(code + WORD, to, offset, size);
    else code = threshold(code + WORD, to, offset, size);
  }
}

/** to = Σ coef·x. Operands: how many terms; for each coef, and x. */
function combine(code: usize, to: usize, offset: usize, size: i32): usize {
  const terms = load<u32>(code), first = code + WORD;
  const end = first + <usize>terms * 2 * WORD;
  const bytes = <usize>size * POINT;
  const a = load<f64>(first), x = <usize>load<u32>(first, 8) + offset;
  if (terms == 1) {
    for (let i: usize = 0; i < bytes; i += 4) store<f32>(to + i, <f32>(a * load<f32>(x + i)));
    return end;
  }
  const b = load<f64>(first, 16), y = <usize>load<u32>(first, 24) + offset;
  if (terms == 2) {
    for (let i: usize = 0; i < bytes; i += 4) {
      store<f32>(to + i, <f32>(a * load<f32>(x + i) + b * load<f32>(y + i)));
    }
    return end;
  }
  for (let i: usize = 0; i < bytes; i += 4) {
    let sum = 0.0;
    for (let term = first; term < end; term += 2 * WORD) {
      sum += load<f64>(term) * load<f32>(<usize>load<u32>(term, 8) + offset + i);
    }
    store<f32>(to + i, <f32>sum);
  }
  return end;
}

/** to = skip·x + out·F. Operands: x and the first layer's bias, the points' scale, skip, out, where v goes, or 0. */
function answer<T>(network: usize, code: usize, to: usize, offset: usize, size: i32): usize {
  const x = <usize>load<u32>(code) + offset;
  const skip = load<f64>(code, 16), out = load<f64>(code, 24);
  const answers = answersTo<T>(network, size, x, <f32>load<f64>(code, 8), load<u32>(code, 4));
  const variance = load<u32>(code, 32);
  if (variance) pairs(size, answers + 8, <usize>variance + offset);
  for (let i: usize = 0; i < <usize>size; i++) {
    const point = x + i * POINT, f = answers + i * STRIP_BYTES, into = to + i * POINT;
    store<f32>(into, <f32>(skip * load<f32>(point) + out * load<f32>(f)));
    store<f32>(into, <f32>(skip * load<f32>(point, 4) + out * load<f32>(f, 4)), 4);
  }
  return code + 5 * WORD;
}

/**
 * The network's answers to points that share one time.
 * @param network u32: activation, waves and how many, room for features and for the answers of every other layer, how many
 *   layers, and for each the rows of W, its strips, W, and its biases
 * @param bias of the first layer
 * @returns a strip of [rows][F, v]
 */
function answersTo<T>(network: usize, size: i32, x: usize, scale: f32, bias: usize): usize {
  const rows = size + (size & 1);
  const activation = load<i32>(network), nLayers = load<i32>(network, 24);
  let input = <usize>load<u32>(network, 12);
  positionFeatures<T>(rows, size, x, scale, load<u32>(network, 4), load<i32>(network, 8), input);
  for (let l = 0; l < nLayers; l++) {
    const layer = network + 28 + (<usize>l << 4);
    const strips = load<i32>(layer, 4);
    const output = <usize>load<u32>(network + (<usize>(l & 1) << 2), 16);
    const biases = l == 0 ? bias : <usize>load<u32>(layer, 12);
    layerOf<T>(rows, input, load<i32>(layer), load<u32>(layer, 8), biases, strips, output);
    if (l + 1 < nLayers) activated<T>(activation, rows * strips * STRIP, output);
    input = output;
  }
  return input;
}

/** Functions of their own, which engines make faster than one large one. */
function layerOf<T>(
  rows: i32, a: usize, inner: i32, w: usize, bias: usize, strips: i32, out: usize,
): void {
  product<T>(rows, a, inner, w, bias, strips, out);
}

function activated<T>(kind: i32, count: i32, z: usize): void {
  activate<T>(kind, count, z, 0);
}

/** to = z⊙Σ^½ with ln Σ = ½(1 + v)·high + ½(1 − v)·low. Operands: z and v, low, high. */
function scaleNoise(code: usize, to: usize, offset: usize, size: i32): usize {
  const z = <usize>load<u32>(code) + offset, v = <usize>load<u32>(code, 4) + offset;
  const low = load<f64>(code, 8), half = (load<f64>(code, 16) - low) / 2;
  for (let i: usize = 0; i < <usize>size * POINT; i += 4) {
    const logVariance = load<f32>(v + i) * half + half + low;
    store<f32>(to + i, <f32>(load<f32>(z + i) * Math.exp(logVariance / 2)));
  }
  return code + 3 * WORD;
}

/** to = x̂₀ within a range (Saharia et al. 2022, §2.3). Operands: x̂₀ and whether its limit grows, limit, quantile. */
function threshold(code: usize, to: usize, offset: usize, size: i32): usize {
  const x0Hat = <usize>load<u32>(code) + offset;
  const grows = load<u32>(code, 4), limit = load<f64>(code, 8), quantile = load<f64>(code, 16);
  for (let i: usize = 0; i < <usize>size * POINT; i += POINT) {
    const x: f64 = load<f32>(x0Hat + i), y: f64 = load<f32>(x0Hat + i, 4);
    let s = limit;
    if (grows) {
      const least = min(abs(x), abs(y)), most = max(abs(x), abs(y));
      s = max(limit, least + quantile * (most - least));
    }
    const shrink = s == limit ? 1 : limit / s;
    store<f32>(to + i, <f32>(min(s, max(-s, x)) * shrink));
    store<f32>(to + i, <f32>(min(s, max(-s, y)) * shrink), 4);
  }
  return code + 3 * WORD;
}

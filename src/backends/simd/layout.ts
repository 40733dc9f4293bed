import { levelSize } from '../classes.ts';
import {
  type LayerLayout,
  levelFeatures,
  type NetworkShape,
  networkLayers,
  POSITION_FEATURES,
  WAVES,
} from '../network.ts';
import { LEVEL, type Objective } from '../objective.ts';

/** Columns of a strip: see kernel/strips.as. */
export const STRIP = 8;

const roundUp = (n: number, to: number) => Math.ceil(n / to) * to;

/** Waves, filled up to whole strips with waves of no frequency: sin 0 = 0. */
export const N_WAVES = roundUp(WAVES.phases.length, STRIP);

/** [4][N_WAVES]: frequencies of x, of y, phases, and ½|ω|². */
export const waveTable: Float32Array = (() => {
  const n = WAVES.phases.length;
  const table = new Float32Array(4 * N_WAVES);
  table.set(WAVES.frequencies.slice(0, n), 0);
  table.set(WAVES.frequencies.slice(n), N_WAVES);
  table.set(WAVES.phases, 2 * N_WAVES);
  table.set(WAVES.halfSquares, 3 * N_WAVES);
  return table;
})();

/** Which of the network's inputs each feature of the kernel is; −1 for none. */
const waveInputs = Array.from({ length: N_WAVES }, (_, k) => (k < WAVES.phases.length ? 2 + k : -1));
export const POSITION_INPUTS: readonly number[] = [...waveInputs, 0, 1];

/** The features of a level, filled up to whole strips. */
export const packedLevelFeatures = (shape: Pick<NetworkShape, 'classes'>): number =>
  roundUp(levelFeatures(shape), STRIP);

/** The inputs of an example, in the kernel's order. */
export function exampleInputs(shape: Pick<NetworkShape, 'classes'>): readonly number[] {
  const nFeatures = levelFeatures(shape);
  const levelInputs = Array.from({ length: packedLevelFeatures(shape) }, (_, k) =>
    k < nFeatures ? POSITION_FEATURES + k : -1,
  );
  return [...waveInputs, ...levelInputs, 0, 1];
}

/** The table of noise levels with the features filled up with zeros: [rows][LEVEL.features + packedLevelFeatures]. */
export function packedLevels(objective: Pick<Objective, 'levels' | 'classes'>): Float32Array {
  const { levels } = objective;
  const size = levelSize(objective);
  const packedSize = LEVEL.features + packedLevelFeatures(objective);
  const rows = levels.length / size;
  const packed = new Float32Array(rows * packedSize);
  for (let row = 0; row < rows; row++) {
    packed.set(levels.subarray(row * size, (row + 1) * size), row * packedSize);
  }
  return packed;
}

/** A dense layer as the kernel has it; offsets and counts are of floats. */
export interface PackedLayer {
  /** Rows of W: even, and a multiple of 8 but for the first layer. */
  readonly inner: number;
  /** W is `strips` strips of [inner][8]. */
  readonly weights: number;
  readonly strips: number;
  /** [8·strips] */
  readonly biases: number;
  /** Which row of the flat W each row is. */
  readonly rows: readonly number[];
  readonly flat: LayerLayout;
}

export interface PackedLayout {
  readonly layers: readonly PackedLayer[];
  /** Floats altogether: a multiple of 8. */
  readonly size: number;
}

/**
 * The parameters as the kernel reads them: matrices in strips, filled up with zeros, which stay zeros in training.
 * @param inputs which of the network's inputs the first layer reads, in order
 */
export const packedLayout = (shape: NetworkShape, inputs: readonly number[]): PackedLayout =>
  packedLayers(networkLayers(shape), inputs);

/** The same of any dense layers that follow one another. */
export function packedLayers(flatLayers: readonly LayerLayout[], inputs: readonly number[]): PackedLayout {
  let size = 0;
  const layers = flatLayers.map((flat, l): PackedLayer => {
    const strips = Math.ceil(flat.outputs / STRIP);
    const rows =
      l === 0
        ? inputs
        : Array.from({ length: roundUp(flat.inputs, STRIP) }, (_, i) => (i < flat.inputs ? i : -1));
    const weights = size;
    const biases = weights + rows.length * strips * STRIP;
    size = biases + strips * STRIP;
    return { inner: rows.length, weights, strips, biases, rows, flat };
  });
  return { layers, size };
}

/** Calls back with the place of each parameter in the packed and in the flat array. */
function eachParameter(
  { layers }: PackedLayout,
  visit: (packed: number, flat: number, count: number) => void,
): void {
  for (const { inner, weights, strips, biases, rows, flat } of layers) {
    for (let strip = 0; strip < strips; strip++) {
      const column = strip * STRIP;
      const count = Math.min(STRIP, flat.outputs - column);
      for (const [i, row] of rows.entries()) {
        if (row >= 0) {
          visit(weights + (strip * inner + i) * STRIP, flat.weights + row * flat.outputs + column, count);
        }
      }
    }
    visit(biases, flat.biases, flat.outputs);
  }
}

/** @param packed [size] zeros, which receive the parameters */
export function pack(layout: PackedLayout, flat: Float32Array, packed: Float32Array): void {
  eachParameter(layout, (to, from, count) => {
    for (let i = 0; i < count; i++) packed[to + i] = flat[from + i]!;
  });
}

/** The flat array of all the network's parameters; the layout must have them all. */
export function unpack(layout: PackedLayout, packed: Float32Array): Float32Array {
  const { biases, outputs } = layout.layers.at(-1)!.flat;
  const flat = new Float32Array(biases + outputs);
  eachParameter(layout, (from, to, count) => {
    for (let i = 0; i < count; i++) flat[to + i] = packed[from + i]!;
  });
  return flat;
}

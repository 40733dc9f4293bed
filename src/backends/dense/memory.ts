import type { WasmKernel } from '../simd/kernel.ts';
import { type PackedLayout, STRIP } from '../simd/layout.ts';
import { floatAt, type Holding } from '../simd/machine.ts';
import { type DenseShape, isResidual } from './shape.ts';

/** Rows that go through all layers together. */
export const CHUNK_ROWS = 48;

/** A dense layer as the kernel reads it. Offsets are of floats in the packed parameters. */
export interface LayerPlace {
  readonly inner: number;
  readonly strips: number;
  readonly weights: number;
  readonly biases: number;
  readonly residual: boolean;
}

export function layerPlaces(shape: DenseShape, layout: PackedLayout): readonly LayerPlace[] {
  return layout.layers.map(({ inner, strips, weights, biases }, l) => ({
    inner,
    strips,
    weights,
    biases,
    residual: isResidual(shape, l),
  }));
}

/** What a chunk of rows leaves behind on its way through the layers: addresses of strips of CHUNK_ROWS rows. */
export interface ChunkRoom {
  readonly inputs: number;
  readonly answers: readonly number[];
  /** f′ of each hidden layer; 0 of the last. */
  readonly slopes: readonly number[];
}

export function chunkRoom(holding: Holding, layers: readonly LayerPlace[]): ChunkRoom {
  const room = (columns: number) => holding.floats(columns * CHUNK_ROWS);
  return {
    inputs: room(layers[0]!.inner),
    answers: layers.map(({ strips }) => room(strips * STRIP)),
    slopes: layers.map(({ strips }, l) => (l + 1 < layers.length ? room(strips * STRIP) : 0)),
  };
}

/** SiLU's number in the kernel. */
const SILU = 0;

/** Forwards through all layers. @returns address of the outputs */
export function forward(
  kernel: WasmKernel,
  layers: readonly LayerPlace[],
  parameters: number,
  room: ChunkRoom,
  rows: number,
): number {
  let input = room.inputs;
  for (const [l, { inner, strips, weights, biases, residual }] of layers.entries()) {
    const answer = room.answers[l]!;
    const slope = room.slopes[l]!;
    const count = rows * strips * STRIP;
    kernel.product(
      rows,
      input,
      inner,
      floatAt(parameters, weights),
      floatAt(parameters, biases),
      strips,
      answer,
    );
    if (slope) kernel.activate(SILU, count, answer, slope);
    if (residual) kernel.accumulate(count, answer, input);
    input = answer;
  }
  return input;
}

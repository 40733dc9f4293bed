import { STRIP } from '../simd/layout.ts';
import { floatAt, type Machine } from '../simd/machine.ts';
import type { ChunkRoom, LayerPlace } from './memory.ts';

/** What a way back works in, beside what the way forwards left. */
export interface BackwardPlan {
  readonly layers: readonly LayerPlace[];
  /** Addresses of each layer's Wᵀ; 0 where it is not asked for. */
  readonly transposed: readonly number[];
  /** Two rooms for slopes on the way, and one for those that pass a residual layer by. */
  readonly wanted: readonly [number, number];
  readonly carried: number;
}

/** Wᵀ of every layer, once for all chunks. */
export function transposeAll({ kernel }: Machine, plan: BackwardPlan, parameters: number): void {
  for (const [l, { inner, weights, strips }] of plan.layers.entries()) {
    const to = plan.transposed[l]!;
    if (to) kernel.transpose(inner, floatAt(parameters, weights), strips, to);
  }
}

/**
 * From the slopes of the loss in the outputs, which stand in the room's last answer, to those in the parameters.
 * @param gradient address of a packed array, or 0 where only the inputs are asked for
 * @returns address of the slopes in the inputs, or 0 where they are not asked for
 */
export function backward(
  { kernel, heap }: Machine,
  plan: BackwardPlan,
  room: ChunkRoom,
  rows: number,
  gradient: { readonly at: number; readonly accumulate: boolean; readonly scratch: number },
): number {
  const { layers, transposed, wanted, carried } = plan;
  const accumulate = gradient.accumulate ? 1 : 0;
  let d = room.answers.at(-1)!;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { inner, strips, weights, biases, residual } = layers[l]!;
    const bytes = 4 * rows * strips * STRIP;
    if (residual) new Uint8Array(heap.memory.buffer).copyWithin(carried, d, d + bytes);
    const sums = gradient.at ? floatAt(gradient.at, biases) : gradient.scratch;
    kernel.throughActivation(rows, strips, d, room.slopes[l]!, sums, accumulate);
    if (gradient.at) {
      const input = room.answers[l - 1] ?? room.inputs;
      kernel.transposedProduct(rows, input, inner, d, strips, floatAt(gradient.at, weights), accumulate);
    }
    if (!transposed[l]) return 0;
    const below = wanted[l % 2]!;
    kernel.product(rows, d, strips * STRIP, transposed[l]!, 0, inner / STRIP, below);
    if (residual) kernel.accumulate(rows * inner, below, carried);
    d = below;
  }
  return d;
}

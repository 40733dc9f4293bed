import type { NetworkShape } from '../network.ts';
import type { Objective } from '../objective.ts';
import type { BatchPlace } from './batchMemory.ts';
import { CHUNK_ROWS, type Chunk, chunksOf } from './chunks.ts';
import { ACTIVATION } from './kernel.ts';
import { N_WAVES, type PackedLayout, STRIP, waveTable } from './layout.ts';
import { floatAt, type Holding, type Machine } from './machine.ts';

export interface GradientParts {
  readonly shape: NetworkShape;
  readonly objective: Objective;
  readonly layout: PackedLayout;
  /** Addresses of packed arrays. */
  readonly weights: number;
  readonly gradient: number;
}

/**
 * The loss of a batch and its gradient, by back-propagation, a chunk of rows at a time.
 * @returns a function that leaves the gradient where the parts say and returns the loss
 */
export function gradientOf({ kernel }: Machine, holding: Holding, parts: GradientParts) {
  const { objective, layout, weights, gradient } = parts;
  const { layers } = layout;
  const last = layers.length - 1;
  const kind = ACTIVATION[parts.shape.activation];
  const room = (strips: number) => holding.floats(strips * STRIP * CHUNK_ROWS);

  const waves = holding.copy(waveTable);
  const levels = holding.copy(objective.levels);
  const features = room(Math.ceil(layers[0]!.inner / STRIP));
  /** The answer of each layer, the slope of its activation, and the transpose of its weights. */
  const answers = layers.map(({ strips }) => room(strips));
  const slopes = layers.slice(0, -1).map(({ strips }) => room(strips));
  const transposes = layers.map(({ inner, strips }, l) =>
    l > 0 ? holding.floats(inner * strips * STRIP) : 0,
  );
  const wanted = [room(layers[0]!.strips), room(layers[0]!.strips)] as const;

  const inputOf = (l: number) => (l === 0 ? features : answers[l - 1]!);

  function forward(rows: number): void {
    for (const [l, { inner, strips, weights: w, biases }] of layers.entries()) {
      const answer = answers[l]!;
      kernel.product(rows, inputOf(l), inner, floatAt(weights, w), floatAt(weights, biases), strips, answer);
      if (l < last) kernel.activate(kind, rows * strips * STRIP, answer, slopes[l]!);
    }
  }

  /** From the slopes of the loss in the last answers. */
  function backward(rows: number, accumulate: number): void {
    let d = answers[last]!;
    for (let l = last; l >= 0; l--) {
      const { inner, strips, weights: w, biases } = layers[l]!;
      const slope = slopes[l] ?? 0;
      kernel.throughActivation(rows, strips, d, slope, floatAt(gradient, biases), accumulate);
      kernel.transposedProduct(rows, inputOf(l), inner, d, strips, floatAt(gradient, w), accumulate);
      if (l === 0) return;
      const below = wanted[l % 2]!;
      kernel.product(rows, d, strips * STRIP, transposes[l]!, 0, inner / STRIP, below);
      d = below;
    }
  }

  function throughChunk({ from, size, rows }: Chunk, place: BatchPlace): number {
    const level = floatAt(place.level, from);
    const x0 = floatAt(place.x0, 2 * from);
    const eps = floatAt(place.eps, 2 * from);
    kernel.exampleFeatures(rows, size, level, x0, eps, levels, waves, N_WAVES, features);
    forward(rows);
    const perTerm = 1 / (2 * place.size);
    const { boundWeight } = objective;
    const answer = answers[last]!;
    const sum = kernel.lossSlopes(rows, size, level, x0, eps, levels, perTerm, boundWeight, answer);
    backward(rows, from > 0 ? 1 : 0);
    return sum;
  }

  return (place: BatchPlace): number => {
    for (const [l, { inner, strips, weights: w }] of layers.entries()) {
      if (l > 0) kernel.transpose(inner, floatAt(weights, w), strips, transposes[l]!);
    }
    let sum = 0;
    for (const chunk of chunksOf(place.size)) sum += throughChunk(chunk, place);
    return sum / (2 * place.size);
  };
}

import type { NetworkShape } from '../network.ts';
import { CHUNK_ROWS } from './chunks.ts';
import { ACTIVATION } from './kernel.ts';
import { N_WAVES, type PackedLayout, STRIP, waveTable } from './layout.ts';
import { floatAt, type Holding } from './machine.ts';

/**
 * What points are led through a network with, as `answersTo` of kernel/program.as reads it. It has room for the activations of
 * one chunk, so it does for one thread at a time.
 * @param weights address of the packed weights
 * @returns address of the table
 */
export function networkTable(
  holding: Holding,
  layout: PackedLayout,
  activation: NetworkShape['activation'],
  weights: number,
): number {
  const room = (strips: number) => holding.floats(strips * STRIP * CHUNK_ROWS);
  const first = layout.layers[0]!;
  const features = room(Math.ceil(first.inner / STRIP));
  const hidden = [room(first.strips), room(first.strips)];
  const layers = layout.layers.flatMap(({ inner, strips, weights: w, biases }) => [
    inner,
    strips,
    floatAt(weights, w),
    floatAt(weights, biases),
  ]);
  const waves = holding.copy(waveTable);
  return holding.words([
    ACTIVATION[activation],
    waves,
    N_WAVES,
    features,
    ...hidden,
    layout.layers.length,
    ...layers,
  ]);
}

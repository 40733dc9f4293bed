import { type NetworkShape, POSITION_FEATURES, parameterCount } from '../network.ts';
import type { Network, SharedLevel } from '../types.ts';
import { CHUNK_ROWS, type Chunk, chunksOf } from './chunks.ts';
import { ACTIVATION } from './kernel.ts';
import { N_WAVES, POSITION_INPUTS, pack, packedLayout, STRIP, waveTable } from './layout.ts';
import { floatAt, Holding, type Machine } from './machine.ts';

/**
 * A network for sampling: all points share one time, so the time features enter the first layer as a bias.
 * @param flat the weights; not kept
 * @throws RangeError when there are not as many as the network has parameters
 */
export function fixedNetwork(
  { kernel, heap }: Machine,
  shape: NetworkShape,
  flat: Float32Array,
): Network<Float32Array> {
  const size = parameterCount(shape);
  if (flat.length !== size) {
    throw new RangeError(`The weights have ${flat.length} numbers; this network needs ${size}.`);
  }
  const layout = packedLayout(shape, POSITION_INPUTS);
  const { layers } = layout;
  const first = layers[0]!;
  const last = layers.length - 1;
  const kind = ACTIVATION[shape.activation];
  const holding = new Holding(heap);
  const packed = new Float32Array(layout.size);
  pack(layout, flat, packed);
  const weights = holding.copy(packed);
  const waves = holding.copy(waveTable);
  const room = (strips: number) => holding.floats(strips * STRIP * CHUNK_ROWS);
  const points = holding.floats(2 * CHUNK_ROWS);
  const features = room(Math.ceil(first.inner / STRIP));
  const hidden = [room(first.strips), room(first.strips)] as const;
  const { weights: matrix, biases, outputs } = first.flat;
  const timeWeights = flat.slice(matrix + POSITION_FEATURES * outputs, biases);
  const ownBias = flat.slice(biases, biases + outputs);

  /** The first layer's bias at this time. */
  function setTime(timeFeatures: Float32Array): void {
    const bias = heap.view(floatAt(weights, first.biases), outputs);
    bias.set(ownBias);
    for (const [k, feature] of timeFeatures.entries()) {
      for (let o = 0; o < outputs; o++) bias[o]! += feature * timeWeights[k * outputs + o]!;
    }
  }

  /** Address of the answers: a strip of [rows][8]. */
  function forward({ rows, size: inChunk }: Chunk, inputScale: number): number {
    kernel.positionFeatures(rows, inChunk, points, inputScale, waves, N_WAVES, features);
    let h = features;
    for (const [l, { inner, strips, weights: w, biases: b }] of layers.entries()) {
      const answer = hidden[l % 2]!;
      kernel.product(rows, h, inner, floatAt(weights, w), floatAt(weights, b), strips, answer);
      if (l < last) kernel.activate(kind, rows * strips * STRIP, answer, 0);
      h = answer;
    }
    return h;
  }

  return {
    evaluate(x, { inputScale, features: timeFeatures }: SharedLevel) {
      holding.requireHeld('network');
      setTime(timeFeatures);
      const n = x.length / 2;
      const output = new Float32Array(x.length);
      const variance = shape.outputs === 4 ? new Float32Array(x.length) : null;
      for (const chunk of chunksOf(n)) {
        const { from, size: inChunk } = chunk;
        heap.view(points, 2 * inChunk).set(x.subarray(2 * from, 2 * (from + inChunk)));
        const answer = heap.view(forward(chunk, inputScale), inChunk * STRIP);
        for (let i = 0; i < inChunk; i++) {
          const at = 2 * (from + i);
          output[at] = answer[STRIP * i]!;
          output[at + 1] = answer[STRIP * i + 1]!;
          if (!variance) continue;
          variance[at] = answer[STRIP * i + 2]!;
          variance[at + 1] = answer[STRIP * i + 3]!;
        }
      }
      return { output, variance };
    },
    dispose: () => holding.releaseAll(),
  };
}

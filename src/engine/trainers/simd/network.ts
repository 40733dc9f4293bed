import { type NetworkShape, POSITION_FEATURES, parameterCount } from '../network.ts';
import type { Network, SharedLevel } from '../types.ts';
import { evaluatePart, planEvaluation, pointsRoom } from './evaluation.ts';
import { POSITION_INPUTS, pack, packedLayout } from './layout.ts';
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
  const holding = new Holding(heap);
  const packed = new Float32Array(layout.size);
  pack(layout, flat, packed);
  const weights = holding.copy(packed);
  const plan = planEvaluation(holding, layout, shape.activation, weights);
  const room = pointsRoom(holding, shape.outputs);
  const first = layout.layers[0]!;
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

  return {
    evaluate(x, { inputScale, features: timeFeatures }: SharedLevel) {
      holding.requireHeld('network');
      setTime(timeFeatures);
      const { length } = x;
      const { points, output, variance } = room(length);
      heap.view(points, length).set(x);
      evaluatePart(kernel, plan, { size: length / 2, scale: inputScale, points, output, variance });
      return {
        output: heap.view(output, length).slice(),
        variance: variance ? heap.view(variance, length).slice() : null,
      };
    },
    dispose: () => holding.releaseAll(),
  };
}

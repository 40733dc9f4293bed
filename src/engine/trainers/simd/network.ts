import { type NetworkShape, POSITION_FEATURES, parameterCount } from '../network.ts';
import type { Network, SharedLevel } from '../types.ts';
import { type EvaluationPart, evaluatePart, planEvaluation, pointsRoom } from './evaluation.ts';
import { beside, firstHalf, type SharedMachine, SPLIT_FROM, theirHolding } from './halves.ts';
import { POSITION_INPUTS, pack, packedLayout } from './layout.ts';
import { floatAt, Holding } from './machine.ts';

/**
 * A network for sampling: all points share one time, so the time features enter the first layer as a bias. Half of the
 * points are led through it by the second thread where there is one, with the same answers to the bit.
 * @param flat the weights; not kept
 * @throws RangeError when there are not as many as the network has parameters
 */
export function fixedNetwork(
  { kernel, heap, helper }: SharedMachine,
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
  const ownRoom = pointsRoom(holding, shape.outputs);
  const theirs = theirHolding(heap, helper);
  const theirPlan = theirs && planEvaluation(theirs.holding, layout, shape.activation, weights);
  const theirRoom = theirs && pointsRoom(theirs.holding, shape.outputs);
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

  /** The second half by the second thread, if it has the time. */
  function evaluateInHalves(part: EvaluationPart): void {
    const size = firstHalf(part.size);
    const rest = partFrom(part, size);
    const room = helper?.lost ? null : theirRoom?.(2 * rest.size);
    const theirPart = room && { ...rest, output: room.output, variance: room.variance };
    const work =
      theirPlan && theirPart && ({ kind: 'evaluation', plan: theirPlan, part: theirPart } as const);
    const first = () => evaluatePart(kernel, plan, { ...part, size });
    const { theirs: done } = beside(helper, work ?? null, first);
    if (done === null || !room) evaluatePart(kernel, plan, rest);
    else
      for (const answer of ['output', 'variance'] as const) copyPairs(room[answer], rest[answer], rest.size);
  }

  function copyPairs(from: number, to: number, count: number): void {
    if (to) heap.view(to, 2 * count).set(heap.view(from, 2 * count));
  }

  return {
    evaluate(x, { inputScale, features: timeFeatures }: SharedLevel) {
      holding.requireHeld('network');
      setTime(timeFeatures);
      const { length } = x;
      const { points, output, variance } = ownRoom(length);
      heap.view(points, length).set(x);
      const part = { size: length / 2, scale: inputScale, points, output, variance };
      if (part.size < SPLIT_FROM) evaluatePart(kernel, plan, part);
      else evaluateInHalves(part);
      return {
        output: heap.view(output, length).slice(),
        variance: variance ? heap.view(variance, length).slice() : null,
      };
    },
    dispose() {
      holding.releaseAll();
      theirs?.releaseAll();
    },
  };
}

/** The points from this one on. */
function partFrom({ size, scale, points, output, variance }: EvaluationPart, from: number): EvaluationPart {
  const pair = (at: number) => floatAt(at, 2 * from);
  return {
    size: size - from,
    scale,
    points: pair(points),
    output: pair(output),
    variance: variance && pair(variance),
  };
}

import { type NetworkShape, POSITION_FEATURES, parameterCount } from '../network.ts';
import type { Network } from '../types.ts';
import { POSITION_INPUTS, pack, packedLayout, STRIP } from './layout.ts';
import { Holding } from './machine.ts';
import { networkTable } from './networkTable.ts';
import { type RegistersAndSlots, runSegment, type Segment } from './segment.ts';
import { helperMemory, type SharedMachine } from './splitWork.ts';

/** A network that can take many steps at once. */
export interface SimdNetwork extends Network<Float32Array> {
  /** @param registers [n][2] each; not changed */
  runSegment(segment: Segment, registers: readonly Float32Array[]): RegistersAndSlots;
}

/** Registers of an evaluation. */
const [POINTS, OUTPUT, VARIANCE] = [0, 1, 2];
/** F itself. */
const ANSWER = [{ kind: 'answer', to: OUTPUT, from: POINTS, level: 0, skip: 0, out: 1 }] as const;

/**
 * A network for sampling: all points share one time, so the time features enter the first layer as a bias.
 * @param flat the weights; not kept
 * @throws RangeError when there are not as many as the network has parameters
 */
export function fixedNetwork(machine: SharedMachine, shape: NetworkShape, flat: Float32Array): SimdNetwork {
  const size = parameterCount(shape);
  if (flat.length !== size) {
    throw new RangeError(`The weights have ${flat.length} numbers; this network needs ${size}.`);
  }
  const { heap, helper } = machine;
  const layout = packedLayout(shape, POSITION_INPUTS);
  const packed = new Float32Array(layout.size);
  pack(layout, flat, packed);
  const kept = flat.slice();
  const holding = new Holding(heap);
  const weights = holding.copy(packed);
  const theirs = helperMemory(heap, helper);
  const tableIn = (place: Holding) => ({ network: networkTable(place, layout, shape.activation, weights) });
  const network = {
    own: tableIn(holding),
    theirs: theirs && tableIn(theirs.holding),
    learnsVariance: shape.outputs === 4,
    biasAt: timeBias(layout.layers[0]!.flat, flat),
  };

  function runHere(segment: Segment, registers: readonly Float32Array[]): RegistersAndSlots {
    holding.requireHeld('network');
    return runSegment(machine, network, segment, registers);
  }

  return {
    runSegment: runHere,
    evaluate(x, level) {
      const segment = {
        steps: ANSWER,
        varianceRegister: VARIANCE,
        levelAt: () => level,
        noise: () => x,
      };
      const { registers } = runHere(segment, network.learnsVariance ? [x, x, x] : [x, x]);
      return {
        output: registers[OUTPUT]!,
        variance: network.learnsVariance ? registers[VARIANCE]! : null,
      };
    },
    readWeights: async () => kept.slice(),
    dispose() {
      holding.releaseAll();
      theirs?.releaseAll();
    },
  };
}

/** The first layer's bias at a time, filled up to whole strips. */
function timeBias(
  { weights, biases, outputs }: { weights: number; biases: number; outputs: number },
  flat: Float32Array,
): (timeFeatures: Float32Array) => Float32Array {
  const timeWeights = flat.slice(weights + POSITION_FEATURES * outputs, biases);
  const ownBias = new Float32Array(STRIP * Math.ceil(outputs / STRIP));
  ownBias.set(flat.subarray(biases, biases + outputs));
  return (timeFeatures) => {
    const bias = ownBias.slice();
    for (const [k, feature] of timeFeatures.entries()) {
      for (let o = 0; o < outputs; o++) bias[o]! += feature * timeWeights[k * outputs + o]!;
    }
    return bias;
  };
}

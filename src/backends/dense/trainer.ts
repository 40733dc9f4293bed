import { adamRate } from '../adam.ts';
import { pack, packedLayers, STRIP, unpack } from '../simd/layout.ts';
import { Holding, type Machine } from '../simd/machine.ts';
import type { StepRates, TrainerState } from '../types.ts';
import { type BackwardPlan, backward, transposeAll } from './gradient.ts';
import { CHUNK_ROWS, type ChunkRoom, chunkRoom, forward, layerPlaces } from './memory.ts';
import { fromStrips, toStrips } from './rows.ts';
import { type DenseShape, denseLayers, denseParameterCount } from './shape.ts';

/**
 * A loss of the outputs.
 * @param outputs [n][outputs]; may be overwritten
 * @param into [n][outputs], zeros, which receive dL/d outputs
 * @returns L
 */
export type Slopes = (outputs: Float32Array, into: Float32Array) => number;

/** A perceptron in training on the CPU; a step has been taken when its call returns. */
export interface DenseTrainer {
  readonly shape: DenseShape;
  /** Steps taken. */
  readonly step: number;
  /**
   * One step of Adam.
   * @param inputs [n][inputs]
   * @param inputSlopes [n][inputs], receives dL/d inputs (as of before the step), where it is given
   * @returns the loss
   * @throws RangeError when an array is not of this length
   */
  train(
    inputs: Float32Array,
    n: number,
    slopes: Slopes,
    rates: StepRates,
    inputSlopes?: Float32Array,
  ): number;
  /** @returns [n][outputs] by the averaged weights */
  evaluate(inputs: Float32Array, n: number): Float32Array;
  /** dL/d inputs by the averaged weights, which stay as they are. @param into [n][inputs] @returns the loss */
  inputGradient(inputs: Float32Array, n: number, slopes: Slopes, into: Float32Array): number;
  /** Flat, as shape.ts lays it out. */
  state(): TrainerState;
  dispose(): void;
}

const ARRAYS = ['weights', 'ema', 'firstMoment', 'secondMoment'] as const;

/** @throws RangeError when an array of the state is not as long as the network's parameters */
export function denseTrainer(machine: Machine, shape: DenseShape, initial: TrainerState): DenseTrainer {
  const { kernel, heap } = machine;
  const count = denseParameterCount(shape);
  for (const name of ARRAYS) requireLength(`The state's ${name}`, initial[name], count);
  const holding = new Holding(heap);
  const paddedInputs = Math.ceil(shape.inputs / STRIP) * STRIP;
  const inputRows = Array.from({ length: paddedInputs }, (_, i) => (i < shape.inputs ? i : -1));
  const layout = packedLayers(denseLayers(shape), inputRows);
  const layers = layerPlaces(shape, layout);
  const [weights, ema, firstMoment, secondMoment] = ARRAYS.map((name) => {
    const packed = new Float32Array(layout.size);
    pack(layout, initial[name], packed);
    return holding.copy(packed);
  }) as [number, number, number, number];
  const gradient = holding.floats(layout.size);
  const widest = Math.max(paddedInputs, ...layers.map(({ strips }) => strips * STRIP));
  const slopeRoom = () => holding.floats(widest * CHUNK_ROWS);
  const plan: BackwardPlan = {
    layers,
    transposed: layers.map(({ inner, strips }) => holding.floats(inner * strips * STRIP)),
    wanted: [slopeRoom(), slopeRoom()],
    carried: slopeRoom(),
  };
  const withoutInputs = { ...plan, transposed: [0, ...plan.transposed.slice(1)] };
  const scratch = holding.floats(widest);
  const rooms: ChunkRoom[] = [];
  /** Outputs and their slopes, kept from step to step: both are of the heap of JavaScript, which is dear to collect. */
  let kept = { outputs: new Float32Array(0), slopes: new Float32Array(0) };
  let step = initial.step;

  const chunksOf = (n: number) =>
    Array.from({ length: Math.ceil(n / CHUNK_ROWS) }, (_, k) => {
      const first = k * CHUNK_ROWS;
      const size = Math.min(CHUNK_ROWS, n - first);
      return { k, first, size, rows: size + (size % 2) };
    });

  /** Takes all rooms first: a view is good until the next block is asked for. */
  function roomsFor(n: number): void {
    while (rooms.length < n) rooms.push(chunkRoom(holding, layers));
  }

  function outputsOf(
    parameters: number,
    inputs: Float32Array,
    n: number,
    keep: boolean,
    outputs = new Float32Array(n * shape.outputs),
  ): Float32Array {
    holding.requireHeld('trainer');
    requireLength('The inputs', inputs, n * shape.inputs);
    const chunks = chunksOf(n);
    roomsFor(keep ? chunks.length : 1);
    for (const { k, first, size, rows } of chunks) {
      const room = rooms[keep ? k : 0]!;
      toStrips(inputs, shape.inputs, first, size, heap.view(room.inputs, paddedInputs * rows), rows);
      const answer = forward(kernel, layers, parameters, room, rows);
      const strips = heap.view(answer, rows * layers.at(-1)!.strips * STRIP);
      fromStrips(strips, rows, outputs, shape.outputs, first, size);
    }
    return outputs;
  }

  function lossOf(
    parameters: number,
    inputs: Float32Array,
    n: number,
    slopes: Slopes,
    into: { readonly gradient: number; readonly inputs: Float32Array | undefined },
  ): number {
    if (into.inputs) requireLength('The slopes of the inputs', into.inputs, n * shape.inputs);
    const size = n * shape.outputs;
    if (kept.outputs.length !== size) {
      kept = { outputs: new Float32Array(size), slopes: new Float32Array(size) };
    }
    const outputs = outputsOf(parameters, inputs, n, true, kept.outputs);
    const d = kept.slopes.fill(0);
    const loss = slopes(outputs, d);
    const way = into.inputs ? plan : withoutInputs;
    transposeAll(machine, way, parameters);
    for (const { k, first, size, rows } of chunksOf(n)) {
      const room = rooms[k]!;
      const last = heap.view(room.answers.at(-1)!, rows * layers.at(-1)!.strips * STRIP);
      toStrips(d, shape.outputs, first, size, last, rows);
      const accumulate = k > 0;
      const below = backward(machine, way, room, rows, { at: into.gradient, accumulate, scratch });
      if (into.inputs) {
        fromStrips(heap.view(below, rows * paddedInputs), rows, into.inputs, shape.inputs, first, size);
      }
    }
    return loss;
  }

  const download = (at: number) => unpack(layout, heap.view(at, layout.size));

  return {
    shape,
    get step() {
      return step;
    },
    train(inputs, n, slopes, { learningRate, emaDecay }, inputSlopes) {
      const loss = lossOf(weights, inputs, n, slopes, { gradient, inputs: inputSlopes });
      const rate = adamRate(learningRate, step + 1);
      kernel.adam(layout.size, weights, ema, firstMoment, secondMoment, gradient, rate, 1 - emaDecay);
      step += 1;
      return loss;
    },
    evaluate: (inputs, n) => outputsOf(ema, inputs, n, false),
    inputGradient: (inputs, n, slopes, into) => lossOf(ema, inputs, n, slopes, { gradient: 0, inputs: into }),
    state() {
      holding.requireHeld('trainer');
      return {
        step,
        weights: download(weights),
        ema: download(ema),
        firstMoment: download(firstMoment),
        secondMoment: download(secondMoment),
      };
    },
    dispose: () => holding.releaseAll(),
  };
}

function requireLength(what: string, array: ArrayLike<number>, length: number): void {
  if (array.length !== length) {
    throw new RangeError(`${what} must be ${length} numbers, not ${array.length}.`);
  }
}

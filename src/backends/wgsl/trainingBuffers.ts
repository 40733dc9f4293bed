import type { LevelDraws } from '../levelDraws.ts';
import { type NetworkShape, networkInputs, networkLayers } from '../network.ts';
import type { Task } from '../task.ts';
import type { TrainerState } from '../types.ts';
import { type Gpu, UNIFORM } from './gpu.ts';
import { GIVEN_SIZE } from './kernels/batch.ts';
import {
  FORWARD_BACKWARD_BINDINGS,
  forwardBackwardWgsl,
  OUTPUT_STRIDE,
  RING,
} from './kernels/forwardBackward.ts';
import { STEP_STRIDE } from './kernels/step.ts';
import { UPDATE_BINDINGS, updateWgsl, updateWorkgroups } from './kernels/update.ts';
import { levelQuantiles } from './levelQuantiles.ts';
import { inputStride, tileOf } from './tile.ts';

/** Bytes of a step's numbers that a binding shows. */
const STEP_BYTES = 48;
/** Steps of a submit at most. */
export const MOST_STEPS = 128;
/** Tiles of a batch at most. */
const MOST_TILES = 8192;

/** Everything on the device that a model in training needs, laid out as the kernels expect. */
export interface TrainingBuffers {
  /** Points of a batch for which there is room. */
  readonly capacity: number;
  readonly steps: GPUBuffer;
  readonly parameters: GPUBuffer;
  /** The moving average, Adam's m, Adam's v: each as long as the flat parameters. */
  readonly optimizer: GPUBuffer;
  readonly losses: GPUBuffer;
  readonly given: GPUBuffer;
  /** Makes room for batches of this size. @throws RangeError when it is far too large */
  reserve(batchSize: number): void;
  /** Puts other noise levels and other draws of them in the place of the old, from the next submit on. */
  redraw(draws: LevelDraws): void;
  /** The two dispatches of the step whose numbers stand at this place. */
  encodeStep(pass: GPUComputePassEncoder, index: number, batchSize: number): void;
  dispose(): void;
}

export function trainingBuffers(gpu: Gpu, task: Task, initial: TrainerState): TrainingBuffers {
  const { shape, objective, points } = task;
  const { points: tile } = tileOf(shape);
  const quantiles = levelQuantiles(objective.nLevels, task);
  const kernels = {
    forwardBackward: gpu.kernel(
      'forward and backward',
      forwardBackwardWgsl(shape, objective, {
        nLevels: objective.nLevels,
        nQuantiles: quantiles.length,
        nPoints: points.length / 2,
        classes: objective.classes ?? 0,
      }),
      FORWARD_BACKWARD_BINDINGS,
    ),
    update: gpu.kernel('update', updateWgsl(shape), UPDATE_BINDINGS),
  };
  const { ema, firstMoment, secondMoment } = initial;
  const fixed = {
    steps: gpu.allocate('steps', MOST_STEPS * STEP_STRIDE, UNIFORM),
    parameters: gpu.upload('parameters', withTransposed(initial.weights, task)),
    optimizer: gpu.upload('optimizer', concatenated(ema, firstMoment, secondMoment)),
    table: gpu.upload('noise levels', tableOf(task, quantiles)),
    points: gpu.upload('training set', Float32Array.from(points)),
    losses: gpu.allocate('losses', 4 * (RING + MOST_TILES)),
  };
  let sized = sizedFor(0);

  function sizedFor(capacity: number) {
    const rows = Math.max(capacity, tile);
    const { width, depth } = shape;
    const buffers = {
      given: gpu.allocate('given batch', 4 * rows * GIVEN_SIZE),
      activations: gpu.upload('activations', emptyActivations(rows, shape)),
      deltas: gpu.allocate('deltas', 4 * rows * (depth * width + OUTPUT_STRIDE)),
    };
    const bindings = gpu.guarded('the buffers of a batch', () => bindingsOf(buffers));
    return { capacity: rows, ...buffers, ...bindings };
  }

  function bindingsOf(buffers: Record<'given' | 'activations' | 'deltas', GPUBuffer>) {
    const { given, activations, deltas } = buffers;
    const step = { buffer: fixed.steps, size: STEP_BYTES };
    const whole = (all: readonly GPUBuffer[]) => all.map((buffer) => ({ buffer }));
    return {
      forwardBackward: gpu.bind(kernels.forwardBackward, [
        step,
        ...whole([fixed.parameters, fixed.table, fixed.points, given, activations, deltas, fixed.losses]),
      ]),
      update: gpu.bind(kernels.update, [
        step,
        ...whole([fixed.parameters, activations, deltas, fixed.optimizer, fixed.losses]),
      ]),
    };
  }

  function freeSized(): void {
    for (const buffer of [sized.given, sized.activations, sized.deltas]) gpu.free(buffer);
  }

  return {
    ...fixed,
    get capacity() {
      return sized.capacity;
    },
    get given() {
      return sized.given;
    },
    reserve(batchSize) {
      const rows = tile * Math.ceil(batchSize / tile);
      if (rows <= sized.capacity) return;
      if (rows > MOST_TILES * tile) {
        throw new RangeError(
          `A batch has at most ${MOST_TILES * tile} points on this engine, not ${batchSize}.`,
        );
      }
      freeSized();
      sized = sizedFor(rows);
    },
    redraw(draws) {
      const redrawn = { ...task, objective: { ...objective, levels: draws.levels } };
      const table = tableOf(redrawn, levelQuantiles(objective.nLevels, draws));
      gpu.device.queue.writeBuffer(fixed.table, 0, table);
    },
    encodeStep(pass, index, batchSize) {
      pass.setPipeline(kernels.forwardBackward.pipeline);
      pass.setBindGroup(0, sized.forwardBackward, [index * STEP_STRIDE]);
      pass.dispatchWorkgroups(Math.ceil(batchSize / tile));
      pass.setPipeline(kernels.update.pipeline);
      pass.setBindGroup(0, sized.update, [index * STEP_STRIDE]);
      pass.dispatchWorkgroups(updateWorkgroups(shape));
    },
    dispose() {
      freeSized();
      for (const buffer of Object.values(fixed)) gpu.free(buffer);
    },
  };
}

/** What the batches are drawn by: the noise levels, their quantiles, and the points' classes where they are taught. */
export function tableOf(
  { objective, labels = new Uint8Array() }: Task,
  quantiles: Float32Array,
): Float32Array<ArrayBuffer> {
  const taught = (objective.classes ?? 0) > 0;
  return concatenated(objective.levels, quantiles, Float32Array.from(taught ? labels : []));
}

/** The flat weights, then each matrix between hidden layers as [outputs][inputs]. */
function withTransposed(weights: Float32Array, { shape }: Task): Float32Array {
  const { width } = shape;
  const hidden = networkLayers(shape).slice(1, -1);
  const out = new Float32Array(weights.length + hidden.length * width ** 2);
  out.set(weights);
  for (const [k, layer] of hidden.entries()) {
    const start = weights.length + k * width ** 2;
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) out[start + j * width + i] = weights[layer.weights + i * width + j]!;
    }
  }
  return out;
}

/** Zeros, but for the 1 after the last unit of each row, which the biases belong to. */
function emptyActivations(rows: number, shape: NetworkShape): Float32Array {
  const { width, depth } = shape;
  const stride = inputStride(shape);
  const out = new Float32Array(rows * (stride + depth * (width + 4)));
  for (let row = 0; row < rows; row++) out[row * stride + networkInputs(shape)] = 1;
  for (let row = 0; row < depth * rows; row++) out[rows * stride + row * (width + 4) + width] = 1;
  return out;
}

function concatenated(...parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

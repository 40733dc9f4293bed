import type { Rng } from '../../core/types.ts';
import { adamRate } from '../adam.ts';
import { parameterCount } from '../network.ts';
import type { Task } from '../task.ts';
import type { StepRates, Trainer, TrainerState } from '../types.ts';
import { batchGradient } from './batchGradient.ts';
import { type BatchPlace, batchMemory } from './batchMemory.ts';
import { exampleInputs, pack, packedLayout, unpack } from './layout.ts';
import { Holding } from './machine.ts';
import { fixedNetwork } from './network.ts';
import type { SharedMachine } from './splitWork.ts';

const ARRAYS = ['weights', 'ema', 'firstMoment', 'secondMoment'] as const;

/**
 * The model in training in the kernel's memory. Nothing is queued: a step has been taken when its call returns.
 * @throws RangeError when an array of the state is not as long as the network's parameters
 */
export function simdTrainer(
  machine: SharedMachine,
  task: Task,
  initial: TrainerState,
  rng: Rng,
): Trainer<Float32Array> {
  const { kernel, heap } = machine;
  const { shape, objective } = task;
  requireState(initial, parameterCount(shape));
  const layout = packedLayout(shape, exampleInputs(shape));
  const holding = new Holding(heap);
  const upload = (flat: Float32Array) => {
    const packed = new Float32Array(layout.size);
    pack(layout, flat, packed);
    return holding.copy(packed);
  };
  const [weights, ema, firstMoment, secondMoment] = ARRAYS.map((name) => upload(initial[name])) as [
    number,
    number,
    number,
    number,
  ];
  const gradient = holding.floats(layout.size);
  const loss = batchGradient(machine, { shape, objective, layout, weights, gradient });
  let { drawLevels } = task;
  const current: Task = { ...task, drawLevels: (n, stream) => drawLevels(n, stream) };
  const batches = batchMemory(machine, holding, current, rng);
  const download = (at: number) => {
    holding.requireHeld('trainer');
    return unpack(layout, heap.view(at, layout.size));
  };

  let step = initial.step;
  /** Of the steps since the loss was last asked for. */
  let lossSum = 0;
  let lossCount = 0;
  let lastLoss = Number.NaN;

  function stepOn(place: BatchPlace, { learningRate, emaDecay }: StepRates): void {
    lastLoss = loss.of(place);
    lossSum += lastLoss;
    lossCount += 1;
    const rate = adamRate(learningRate, step + 1);
    kernel.adam(layout.size, weights, ema, firstMoment, secondMoment, gradient, rate, 1 - emaDecay);
    step += 1;
  }

  return {
    get step() {
      return step;
    },
    advance(batchSize, rates) {
      holding.requireHeld('trainer');
      for (const rate of rates) stepOn(batches.draw(batchSize, step), rate);
    },
    advanceOn(batch, rates) {
      holding.requireHeld('trainer');
      stepOn(batches.receive(batch), rates);
    },
    redraw(draws) {
      holding.requireHeld('trainer');
      loss.relevel(draws.levels);
      ({ drawLevels } = draws);
    },
    async settle() {
      if (lossCount > 0) lastLoss = lossSum / lossCount;
      lossSum = 0;
      lossCount = 0;
      return lastLoss;
    },
    async state() {
      return {
        step,
        weights: download(weights),
        ema: download(ema),
        firstMoment: download(firstMoment),
        secondMoment: download(secondMoment),
      };
    },
    freeze: () => fixedNetwork(machine, shape, download(ema)),
    dispose() {
      loss.dispose();
      holding.releaseAll();
    },
  };
}

function requireState(state: TrainerState, size: number): void {
  for (const name of ARRAYS) {
    const { length } = state[name];
    if (length !== size) {
      const what = name === 'weights' ? 'The weights have' : `The state's "${name}" has`;
      throw new RangeError(`${what} ${length} numbers; this network needs ${size}.`);
    }
  }
}

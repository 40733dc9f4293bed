import { probeLosses } from '../../../../src/backends/lossProbe.ts';
import { LEVEL, LEVEL_SIZE } from '../../../../src/backends/objective.ts';
import { freshState, initialState } from '../../../../src/backends/state.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { startTraining } from '../../../../src/runtime/training.ts';
import { equalBits, onGpu, type Patch, relativeError, roughWeights, tinyExperiment } from './fixtures.ts';
import { tfjsOnCpu } from './training.ts';

/** The losses of a survey here and on tfjs: how far apart. */
export function surveysApart(patch: Patch) {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment({ ...patch, timeSampling: 'importance' });
    const { task, trainingLevels } = experiment;
    const surveyed = [];
    for (const on of [backend, await tfjsOnCpu()]) {
      const network = on.createNetwork(task.shape, roughWeights(experiment, 3));
      surveyed.push(
        await probeLosses(on, network, task, trainingLevels.followLosses(task.objective)!, createRng(4)),
      );
      network.dispose();
    }
    return relativeError(surveyed[0]!, surveyed[1]!);
  });
}

/** The losses of a step on level 5, which does not count, and on level 4, which does. */
export function redrawn() {
  return onGpu(async (backend) => {
    const experiment = tinyExperiment();
    const { task } = experiment;
    const levels = task.objective.levels.slice();
    levels[5 * LEVEL_SIZE + LEVEL.gain] = 0;
    const trainer = backend.createTrainer(task, freshState(roughWeights(experiment, 3)), createRng(1));
    const losses = [];
    for (const level of [5, 4]) {
      trainer.redraw({ levels, drawLevels: (n) => new Uint32Array(n).fill(level) });
      trainer.advance(20, [{ learningRate: 1e-3, emaDecay: 0 }]);
      losses.push(await trainer.settle());
    }
    trainer.dispose();
    return losses;
  });
}

/** A training whose draws follow the losses, in slices of two sizes: whether it comes to the same weights. */
export function followedTwice(steps: number, learnedVariance: boolean) {
  return onGpu(async (backend) => {
    const run = async (slice: number) => {
      const experiment = tinyExperiment({ timeSampling: 'importance', learnedVariance });
      const config = { learningRate: 3e-3, batchSize: 16, emaDecay: 0.9, budgetSteps: 3000 };
      const training = startTraining(backend, experiment, initialState(experiment));
      let loss = Number.NaN;
      while (training.step < steps) {
        ({ loss } = await training.slice(config, Math.min(slice, steps - training.step)));
      }
      await training.save();
      training.dispose();
      return { loss, weights: training.checkpoint.weights };
    };
    const [one, other] = [await run(9), await run(1000)];
    return { same: equalBits(one.weights, other.weights), loss: one.loss };
  });
}

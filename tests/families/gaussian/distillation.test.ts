import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { examplesOf } from '../../../src/backends/examples.ts';
import { answerable, LEVEL, LEVEL_SIZE } from '../../../src/backends/objective.ts';
import { distillationTarget, studentSteps } from '../../../src/core/distillation.ts';
import { createRng } from '../../../src/core/rng.ts';
import { learnedDeviceDenoiser, scalingsAt } from '../../../src/families/gaussian/deviceDenoiser.ts';
import { distil, drawBatches, studentTask } from '../../../src/families/gaussian/distillation.ts';
import { openCpu } from '../../backends/tfjsOnCpu.ts';
import { smallConfig } from './smallExperiment.ts';
import { askedOf } from './studies/studyOnCpu.ts';

const TIMES = [1, 0.8, 0.5, 0.3, 0];
const options = { trainSteps: 20, batchSize: 8, learningRate: 0.005, rng: createRng(3) };

async function endOf<T>(steps: AsyncGenerator<void, T, void>): Promise<T> {
  let next = await steps.next();
  while (!next.done) next = await steps.next();
  return next.value;
}

describe.each(['v', 'x0', 'flow'])('a student that predicts %s', (output) => {
  it('is shown z_t and asked for what makes its answer x̃, with the truncated SNR', async () => {
    const { model, experiment } = await askedOf({ ...smallConfig, output });
    const { process } = experiment;
    const steps = studentSteps(TIMES);
    const noise = createRng(1);
    const denoiser = learnedDeviceDenoiser(model.backend, model.network, experiment, noise);
    const batches = await endOf(drawBatches(denoiser, experiment, steps, 3, 8, createRng(2)));
    expect(batches.map(({ size }) => size)).toEqual([8, 8, 8]);
    const levels = batches.flatMap(({ level }) => [...level]);
    expect([0, 1].map((wanted) => levels.filter((level) => level === wanted).length)).toEqual([12, 12]);

    const { objective } = studentTask(experiment, steps);
    for (const batch of batches) {
      const { target } = examplesOf(batch, objective);
      for (let i = 0; i < batch.size; i++) {
        const level = batch.level[i]!;
        const step = steps[1 - level]!;
        const { alpha, sigma } = answerable(process.kernel(step.t));
        const z = [0, 1].map((k) => alpha * batch.x0[2 * i + k]! + sigma * batch.eps[2 * i + k]!);
        const asked = denoiser.upload(Float64Array.from(z));
        const wanted = distillationTarget({ ...denoiser, process }, asked, step);
        const answer = await denoiser.read(wanted);
        tf.dispose([asked, wanted] as tf.Tensor[]);
        const { skip, out } = scalingsAt(experiment, step.t);
        for (const k of [0, 1]) {
          expect(batch.x0[2 * i + k]).toBeCloseTo(answer[k]!, 4);
          expect(skip * z[k]! + out * target[2 * i + k]!).toBeCloseTo(answer[k]!, 4);
        }
        // gain²·(ΔF)² = max(α²/σ², 1)·(out·ΔF)²
        const gain = objective.levels[level * LEVEL_SIZE + LEVEL.gain]!;
        expect(gain ** 2 / (Math.max((alpha / sigma) ** 2, 1) * out ** 2)).toBeCloseTo(1, 5);
      }
    }
  });
});

describe('a student', () => {
  it('begins with its teacher’s weights, and leaves nothing behind when it is left early', async () => {
    const config = { ...smallConfig, conditional: true, learnedVariance: true };
    const { model, experiment } = await askedOf(config, openCpu);
    const tensors = tf.memory().numTensors;
    const still = await endOf(distil(model, experiment, TIMES, { ...options, learningRate: 0 }));
    if (typeof still === 'string') throw new Error(still);
    expect(await still.model.network.readWeights()).toEqual(await model.network.readWeights());
    still.model.network.dispose();
    for (const slices of [1, 4, 12]) {
      const steps = distil(model, experiment, TIMES, options);
      for (let i = 0; i < slices; i++) expect((await steps.next()).done).toBe(false);
      await steps.return('left');
      expect(tf.memory().numTensors).toBe(tensors);
    }
  });

  it.each(['eps', 'score', 'mu'])('cannot be had of a network that predicts %s', async (output) => {
    const { model, experiment } = await askedOf({ ...smallConfig, output });
    expect(await endOf(distil(model, experiment, TIMES, options))).toMatch(/predict v or x₀/);
  });

  it('says so when it diverges', async () => {
    const { model, experiment } = await askedOf(smallConfig);
    const wild = { ...options, learningRate: 1e30, trainSteps: 50 };
    expect(await endOf(distil(model, experiment, TIMES, wild))).toMatch(/Distillation diverged at step \d+/);
  });
});

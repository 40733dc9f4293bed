import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { batchSource } from '../../src/backends/batches.ts';
import { examplesOf } from '../../src/backends/examples.ts';
import { networkInputs, POSITION_FEATURES, positionFeatures, WAVES } from '../../src/backends/network.ts';
import { LEVEL, LEVEL_SIZE } from '../../src/backends/objective.ts';
import { slopeExamplesOf } from '../../src/backends/scoreMatching.ts';
import type { Task } from '../../src/backends/task.ts';
import { lossAndGradient } from '../../src/backends/tfjs/mlp.ts';
import { slopeLossAndGradient } from '../../src/backends/tfjs/slopes.ts';
import type { Batch } from '../../src/backends/types.ts';
import { implicitScoreMatching, slicedScoreMatching } from '../../src/core/losses/scoreMatching.ts';
import { type SlopeLoss, slopeLossOf, trainedLosses } from '../../src/core/losses/trained.ts';
import { parameterizations } from '../../src/core/parameterizations/index.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Vector } from '../../src/core/types.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { createExperiment } from '../../src/families/gaussian/experiment.ts';
import { referenceForward } from './reference.ts';
import { randomWeights } from './simdFixtures.ts';
import { openCpu } from './tfjsOnCpu.ts';

const config: ExperimentConfig = { ...defaultConfig, nPoints: 100, nChain: 30, width: 7, depth: 2 };
const smooth = ['silu', 'gelu', 'tanh'] as const;

beforeAll(openCpu);

const SLOPE_LOSSES = trainedLosses.entries.flatMap(({ id }) => slopeLossOf(id) ?? []);

/** The loss and its gradient as tfjs has them. */
async function ours(task: Task, flat: Float32Array, batch: Batch, loss: SlopeLoss, seed: number) {
  const weights = tf.tensor1d(flat.slice());
  const found = slopeLossAndGradient(
    weights,
    task.shape,
    slopeExamplesOf(batch, task.objective, loss, createRng(seed)),
  );
  const result = {
    loss: (await found.loss.data())[0]!,
    gradient: Float32Array.from(await found.gradient.data()),
  };
  tf.dispose([weights, found.loss, found.gradient]);
  return result;
}

async function denoising({ shape, objective }: Task, flat: Float32Array, batch: Batch) {
  const weights = tf.tensor1d(flat.slice());
  const found = lossAndGradient(weights, shape, examplesOf(batch, objective), 0);
  const result = {
    loss: (await found.loss.data())[0]!,
    gradient: Float32Array.from(await found.gradient.data()),
  };
  tf.dispose([weights, found.loss, found.gradient]);
  return result;
}

/** The same from the definitions in core, in float64, with the divergence by differences: λ(t)·(… ) + λ(t)/σ². */
function reference(
  experiment: ReturnType<typeof createExperiment>,
  flat: Float64Array,
  batch: Batch,
  loss: SlopeLoss,
  seed: number,
) {
  const { shape, objective } = experiment.task;
  const rng = createRng(seed);
  const sign = () => (rng.uniform() < 0.5 ? -1 : 1);
  let sum = 0;
  for (let i = 0; i < batch.size; i++) {
    const level = batch.level[i]!;
    const row = Float64Array.from(objective.levels.subarray(level * LEVEL_SIZE, (level + 1) * LEVEL_SIZE));
    const [alpha, sigma] = [row[LEVEL.alpha]!, row[LEVEL.sigma]!];
    const previous = { alpha: Number.NaN, sigma: Number.NaN };
    const { skip, out } = experiment.output.scalings({ alpha, sigma }, previous);
    const score = (x: Vector): Vector => {
      const inputs = new Float32Array(networkInputs(shape));
      const exact = Array.from(inputs);
      const scaled = x.map((value) => value * row[LEVEL.inputScale]!);
      const waves = exactFeatures(scaled[0]!, scaled[1]!, row[LEVEL.inputScale]! * sigma);
      const all = [...waves, ...row.subarray(LEVEL.features)];
      expect(all).toHaveLength(exact.length);
      const f = referenceForward(flat, shape, all);
      return x.map((value, k) => (alpha * (skip * value + out * f[k]!) - value) / sigma ** 2);
    };
    const x = Float64Array.from([0, 1], (k) => alpha * batch.x0[2 * i + k]! + sigma * batch.eps[2 * i + k]!);
    // ½λ‖s − ∇ln q‖² is the mean over the coordinates of (gain·(F − F*))², with s − ∇ln q = (α/σ²)·out·(F − F*).
    const lambda = row[LEVEL.gain]! ** 2 / ((alpha / sigma ** 2) * out) ** 2;
    const term =
      loss === 'implicit'
        ? implicitScoreMatching(score, x)
        : slicedScoreMatching(score, x, Float64Array.of(sign(), sign()), {
            varianceReduced: loss === 'sliced-vr',
          });
    sum += lambda * (term[0]! + 1 / sigma ** 2);
  }
  return sum / batch.size;
}

/** `positionFeatures` in float64: their own rounding would drown differences. */
function exactFeatures(x: number, y: number, noise: number): number[] {
  const rounded = new Float32Array(POSITION_FEATURES);
  positionFeatures(x, y, noise, rounded);
  const { frequencies, phases, halfSquares } = WAVES;
  const waves = phases.map((phase, k) => {
    const angle = frequencies[k]! * x + frequencies[phases.length + k]! * y + phase;
    return Math.sin(angle) / (1 + noise ** 2 * halfSquares[k]!);
  });
  const exact = [x, y, ...waves];
  expect(Math.max(...exact.map((value, k) => Math.abs(value - rounded[k]!)))).toBeLessThan(5e-6);
  return exact;
}

describe.each(SLOPE_LOSSES)('%s score matching', (loss) => {
  it.each(smooth.map((activation, i) => ({ activation, output: ['v', 'eps', 'x0'][i]! })))(
    'has the loss and the gradient of its definition, in float64: $activation, $output',
    async ({ activation, output }) => {
      const experiment = createExperiment({ ...config, activation, output });
      const { task } = experiment;
      const flat = randomWeights(task.shape);
      const batch = batchSource(task, 9, createRng(5)).next();
      const found = await ours(task, flat, batch, loss, 6);
      const exact = Float64Array.from(flat);
      const at = (i: number, h: number) =>
        reference(experiment, exact.with(i, exact[i]! + h), batch, loss, 6);
      expect(found.loss).toBeCloseTo(at(0, 0), 3);
      const size = Math.sqrt(found.gradient.reduce((sum, g) => sum + g ** 2, 0) / found.gradient.length);
      for (let k = 0; k < 23; k++) {
        const i = Math.floor((k * found.gradient.length) / 23);
        const slope = (at(i, 1e-4) - at(i, -1e-4)) / 2e-4;
        expect(Math.abs(found.gradient[i]! - slope), `parameter ${i}`).toBeLessThan(2e-3 * size);
      }
    },
  );

  it('has the gradient of denoising score matching on average, and its loss', async () => {
    const { task } = createExperiment({ ...config, depth: 1 });
    const flat = randomWeights(task.shape);
    const batches = batchSource(task, 300, createRng(7));
    const rng = createRng(8);
    const [directions, rounds] = [6, 120];
    // Along random directions, and along the loss itself: sums of the differences and of their squares.
    const along = Array.from({ length: directions }, () => flat.map(() => rng.normal()));
    const sums = new Float64Array(directions + 1);
    const squares = new Float64Array(directions + 1);
    const sizes = new Float64Array(directions + 1);
    for (let round = 0; round < rounds; round++) {
      const batch = batches.next();
      const one = await ours(task, flat, batch, loss, 100 + round);
      const other = await denoising(task, flat, batch);
      const seen = (of: typeof one) => [
        of.loss,
        ...along.map((way) => of.gradient.reduce((sum, g, i) => sum + g * way[i]!, 0)),
      ];
      const [a, b] = [seen(one), seen(other)];
      for (const [k, value] of a.entries()) {
        sums[k]! += value - b[k]!;
        squares[k]! += (value - b[k]!) ** 2;
        sizes[k]! += Math.abs(b[k]!);
      }
    }
    for (const [k, sum] of sums.entries()) {
      const error = Math.sqrt(squares[k]!);
      expect(Math.abs(sum) / error, `direction ${k}`).toBeLessThan(4);
      // The comparison is sharp: its error is well below what is compared.
      expect(error).toBeLessThan(0.5 * sizes[k]!);
    }
  });
});

it.each(
  parameterizations.entries.flatMap(({ id: output }) =>
    ['vp', 'edm'].map((process) => ({ output, process })),
  ),
)(
  'implicit score matching has the same expected loss whatever is predicted: $output on $process',
  async ({ output, process }) => {
    const { task } = createExperiment({
      ...config,
      output,
      process,
      weighting: process === 'edm' ? 'edm' : 'simple',
    });
    const flat = randomWeights(task.shape).map((value) => 0.3 * value);
    const batches = batchSource(task, 200, createRng(9));
    let [sum, squares] = [0, 0];
    for (let round = 0; round < 40; round++) {
      const batch = batches.next();
      const apart =
        (await ours(task, flat, batch, 'implicit', round)).loss - (await denoising(task, flat, batch)).loss;
      sum += apart;
      squares += apart ** 2;
    }
    expect(Math.abs(sum) / Math.sqrt(squares)).toBeLessThan(4);
  },
);

it('looks at noised points alone', () => {
  const { task } = createExperiment(config);
  const batch = batchSource(task, 20, createRng(5)).next();
  const levels = Array.from(batch.level, (level) => task.objective.levels.subarray(level * LEVEL_SIZE));
  // Other points and other noise that come to the same x_t.
  const moved = {
    ...batch,
    x0: batch.x0.map((value, i) => value + 0.5 * levels[i >> 1]![LEVEL.sigma]!),
    eps: batch.eps.map((value, i) => value - 0.5 * levels[i >> 1]![LEVEL.alpha]!),
  };
  const [one, other] = [batch, moved].map((of) =>
    slopeExamplesOf(of, task.objective, 'sliced', createRng(1)),
  );
  for (const part of ['inputs', 'shift', 'slope', 'weight', 'tangentWeights', 'constant', 'along'] as const) {
    // Of the size of its largest: the slope of a wave is as large as its frequency.
    const size = Math.max(1, ...one![part].map(Math.abs));
    for (const [i, value] of one![part].entries()) {
      expect(other![part][i]! / size).toBeCloseTo(value / size, 4);
    }
  }
});

it('refuses an activation with a kink', async () => {
  const { task } = createExperiment({ ...config, activation: 'relu' });
  const batch = batchSource(task, 4, createRng(5)).next();
  await expect(ours(task, randomWeights(task.shape), batch, 'implicit', 1)).rejects.toThrow(/without kinks/);
});

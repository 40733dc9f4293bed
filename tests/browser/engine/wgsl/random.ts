import { freshState } from '../../../../src/backends/state.ts';
import type { Batch } from '../../../../src/backends/types.ts';
import { type Binding, watchedGpu } from '../../../../src/backends/wgsl/gpu.ts';
import { batchWgsl } from '../../../../src/backends/wgsl/kernels/batch.ts';
import { randomWgsl } from '../../../../src/backends/wgsl/kernels/random.ts';
import { packStep, SOURCE, STEP_STRIDE, stepWgsl } from '../../../../src/backends/wgsl/kernels/step.ts';
import { levelQuantiles } from '../../../../src/backends/wgsl/levelQuantiles.ts';
import { spreadOf } from '../../../../src/backends/wgsl/trainer.ts';
import { tableOf } from '../../../../src/backends/wgsl/trainingBuffers.ts';
import { erf } from '../../../../src/core/erf.ts';
import { createRng } from '../../../../src/core/rng.ts';
import type { TrainingLevels } from '../../../../src/families/gaussian/trainingLevels.ts';
import { equalBits, onGpu, openDevice, type Patch, roughWeights, tinyExperiment } from './fixtures.ts';

/** Runs a kernel of 64 threads a workgroup whose last binding is its output; returns the output's words. */
async function computed(
  device: GPUDevice,
  code: string,
  inputs: readonly { readonly kind: Binding; readonly data: Float32Array | Uint32Array }[],
  words: number,
  threads: number,
): Promise<Uint32Array> {
  const gpu = watchedGpu(device);
  const kernel = gpu.kernel('test', code, [...inputs.map(({ kind }) => kind), 'write']);
  const buffers = inputs.map(({ data }) => gpu.upload('input', data));
  const output = gpu.allocate('output', 4 * words);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(kernel.pipeline);
  pass.setBindGroup(
    0,
    gpu.bind(
      kernel,
      [...buffers, output].map((buffer) => ({ buffer })),
    ),
  );
  pass.dispatchWorkgroups(Math.ceil(threads / 64));
  pass.end();
  device.queue.submit([encoder.finish()]);
  return new Uint32Array(await gpu.read(output, 0, 4 * words));
}

/** Blocks of Philox4x32-10: counter and key to four words, in hexadecimal. */
export async function philoxBlocks(blocks: readonly (readonly number[])[]): Promise<string[]> {
  const device = await openDevice();
  const code = `
@group(0) @binding(0) var<storage, read> asked: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
${randomWgsl}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${blocks.length}u) { return; }
  let at = 6u * id.x;
  let words = philox(vec4u(asked[at], asked[at + 1u], asked[at + 2u], asked[at + 3u]), vec2u(asked[at + 4u], asked[at + 5u]));
  for (var k = 0u; k < 4u; k++) { output[4u * id.x + k] = words[k]; }
}`;
  const data = Uint32Array.from(blocks.flat());
  const words = await computed(device, code, [{ kind: 'read', data }], 4 * blocks.length, blocks.length);
  device.destroy();
  return blocks.map((_, b) =>
    Array.from(words.subarray(4 * b, 4 * b + 4), (word) => word.toString(16).padStart(8, '0')).join(' '),
  );
}

/** The largest error of the kernels' sine on [−12, 12]. */
export async function sineError(): Promise<number> {
  const device = await openDevice();
  const n = 4096;
  const angles = Float32Array.from({ length: n }, (_, i) => -12 + (24 * i) / (n - 1));
  const code = `
@group(0) @binding(0) var<storage, read> angles: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
${randomWgsl}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) { output[id.x] = sine(angles[id.x]); }`;
  const words = await computed(device, code, [{ kind: 'read', data: angles }], n, n);
  device.destroy();
  return Math.max(
    ...new Float32Array(words.buffer).map((value, i) => Math.abs(value - Math.sin(angles[i]!))),
  );
}

const POINTS = 256;
const STEPS = 256;

/** Normals and uniforms as training draws them, for 256 points × 256 steps: statistics of what came out. */
export async function drawStatistics(seed: number) {
  const device = await openDevice();
  const code = `
@group(0) @binding(0) var<storage, read> seed: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
${randomWgsl}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let words = philox(vec4u(id.x % ${POINTS}u, id.x / ${POINTS}u, 0u, 0u), vec2u(seed[0], seed[1]));
  let z = normals(words.x, words.y);
  output[3u * id.x] = z.x;
  output[3u * id.x + 1u] = z.y;
  output[3u * id.x + 2u] = unit(words.z);
}`;
  const n = POINTS * STEPS;
  const data = Uint32Array.of(seed, ~seed);
  const words = await computed(device, code, [{ kind: 'read', data }], 3 * n, n);
  device.destroy();
  const values = new Float32Array(words.buffer);
  const column = (k: number) => Float64Array.from({ length: n }, (_, i) => values[3 * i + k]!);
  const [x, y, u] = [column(0), column(1), column(2)] as const;
  const all = Float64Array.from([...x, ...y]);
  return {
    n,
    moments: [1, 2, 3, 4].map((power) => all.reduce((sum, z) => sum + z ** power, 0) / all.length),
    // √n·sup|F_n − Φ|: above 1.95 once in a thousand.
    kolmogorov: Math.sqrt(all.length) * kolmogorov(all, (z) => (1 + erf(z * Math.SQRT1_2)) / 2),
    kolmogorovUniform: Math.sqrt(n) * kolmogorov(u, (value) => value),
    chiSquared: chiSquared(u, 256),
    largest: all.reduce((most, z) => Math.max(most, Math.abs(z)), 0),
    // √n·correlation: standard normal when there is none.
    correlations: {
      coordinates: correlation(x, y, 0),
      points: correlation(x, x, 1),
      steps: correlation(x, x, POINTS),
      noiseAndTime: correlation(x, u, 0),
      timesOfPoints: correlation(u, u, 1),
      timesOfSteps: correlation(u, u, POINTS),
      squares: correlation(
        x.map((z) => z * z),
        y.map((z) => z * z),
        0,
      ),
    },
  };
}

function kolmogorov(values: Float64Array, distribution: (value: number) => number): number {
  const sorted = values.slice().sort();
  let worst = 0;
  for (const [i, value] of sorted.entries()) {
    const expected = distribution(value);
    worst = Math.max(worst, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }
  return worst;
}

/** χ² over equal bins, less its mean, in its standard deviations. */
function chiSquared(values: Float64Array, bins: number): number {
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.floor(value * bins)]! += 1;
  const expected = values.length / bins;
  const sum = counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
  return (sum - (bins - 1)) / Math.sqrt(2 * (bins - 1));
}

function correlation(a: Float64Array, b: Float64Array, lag: number): number {
  const n = a.length - lag;
  const mean = (values: Float64Array, from: number) =>
    values.subarray(from, from + n).reduce((sum, value) => sum + value, 0) / n;
  const [meanA, meanB] = [mean(a, 0), mean(b, lag)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [p, q] = [a[i]! - meanA, b[i + lag]! - meanB];
    product += p * q;
    squareA += p * p;
    squareB += q * q;
  }
  return (Math.sqrt(n) * product) / Math.sqrt(squareA * squareB);
}

/** The batches that a trainer with this seed draws, read back. */
async function drawnBatches(
  patch: Patch,
  seed: number,
  steps: number,
  size: number,
  follow = false,
): Promise<Batch[]> {
  const device = await openDevice();
  const { task, trainingLevels } = tinyExperiment(patch);
  const { points, objective } = task;
  const quantiles = levelQuantiles(objective.nLevels, follow ? following(trainingLevels) : task);
  const sizes = {
    nLevels: objective.nLevels,
    nQuantiles: quantiles.length,
    nPoints: points.length / 2,
    classes: objective.classes ?? 0,
  };
  const code = `
${stepWgsl}
@group(0) @binding(0) var<storage, read> step: Step;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> points: array<vec2f>;
@group(0) @binding(3) var<storage, read> given: array<f32>;
@group(0) @binding(4) var<storage, read_write> output: array<f32>;
${randomWgsl}
${batchWgsl(sizes)}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${size}u) { return; }
  let example = exampleAt(id.x);
  let at = 5u * id.x;
  output[at] = f32(example.level);
  output[at + 1u] = example.x0.x; output[at + 2u] = example.x0.y;
  output[at + 3u] = example.eps.x; output[at + 4u] = example.eps.y;
}`;
  const stream = createRng(seed).fork('gpu');
  const key = [stream.integer(2 ** 32), stream.integer(2 ** 32)] as const;
  const batches: Batch[] = [];
  for (let step = 0; step < steps; step++) {
    const numbers = new Uint8Array(STEP_STRIDE);
    packStep(new DataView(numbers.buffer), 0, {
      step,
      batch: size,
      capacity: size,
      source: SOURCE.drawn,
      seed: key,
      epoch: Math.floor((step * size) / sizes.nPoints),
      offset: (step * size) % sizes.nPoints,
      spread: spreadOf(task),
      slot: 0,
      rate: 0,
      averaging: 0,
    });
    const inputs = [
      new Uint32Array(numbers.buffer),
      tableOf(task, quantiles),
      Float32Array.from(points),
      new Float32Array(1),
    ];
    const words = await computed(
      device,
      code,
      inputs.map((data) => ({ kind: 'read', data })),
      5 * size,
      size,
    );
    const rows = new Float32Array(words.buffer);
    const columns = (first: number) =>
      Float32Array.from({ length: 2 * size }, (_, k) => rows[5 * (k >> 1) + first + (k & 1)]!);
    const level = Uint32Array.from({ length: size }, (_, i) => rows[5 * i]!);
    batches.push({ size, level, x0: columns(1), eps: columns(3) });
  }
  device.destroy();
  return batches;
}

/** The draws that follow losses of 1, 2, 3, … at the levels in turn. */
function following(trainingLevels: TrainingLevels) {
  const follower = trainingLevels.followLosses(trainingLevels.objective)!;
  const { lossesPerLevel: n, levels } = follower;
  return follower.learn(Float64Array.from({ length: n * levels.length }, (_, i) => 1 + Math.floor(i / n)));
}

/** The levels of batches whose draws follow such losses. */
export async function levelsFollowing(steps: number, size: number) {
  const batches = await drawnBatches({ timeSampling: 'importance' }, 5, steps, size, true);
  return batches.flatMap(({ level }) => [...level]);
}

/** How a trainer's own batches are made up. @returns points' indices in order of drawing, and levels by batch */
export async function batchesDrawn(patch: Patch, steps: number, size: number) {
  const { task } = tinyExperiment(patch);
  const places = new Map(
    Array.from({ length: task.points.length / 2 }, (_, i) => [Math.fround(task.points[2 * i]!), i]),
  );
  const batches = await drawnBatches(patch, 5, steps, size);
  return {
    labels: [...(task.labels ?? [])],
    nLevels: task.objective.nLevels,
    nPoints: places.size,
    indices: batches.flatMap(({ x0 }) =>
      Array.from({ length: size }, (_, i) => places.get(x0[2 * i]!) ?? -1),
    ),
    levels: batches.map(({ level }) => [...level]),
  };
}

/** Steps on drawn batches, and on the same batches given: whether losses and weights are the same, bit for bit. */
export async function replayed(patch: Patch, steps: number, size: number) {
  const batches = await drawnBatches(patch, 5, steps, size);
  return onGpu(async (backend) => {
    const experiment = tinyExperiment(patch);
    const start = freshState(roughWeights(experiment, 3));
    const rates = { learningRate: 3e-3, emaDecay: 0.9 };
    const results = [];
    for (const own of [true, false]) {
      const trainer = backend.createTrainer(experiment.task, start, createRng(5));
      const losses: number[] = [];
      for (const batch of batches) {
        if (own) trainer.advance(size, [rates]);
        else trainer.advanceOn(batch, rates);
        losses.push(await trainer.settle());
      }
      results.push({ losses: Float32Array.from(losses), weights: (await trainer.state()).weights });
      trainer.dispose();
    }
    return {
      losses: equalBits(results[0]!.losses, results[1]!.losses),
      weights: equalBits(results[0]!.weights, results[1]!.weights),
    };
  });
}

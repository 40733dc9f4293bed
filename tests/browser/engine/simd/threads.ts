import { type NetworkShape, TIME_FEATURES } from '../../../../src/backends/network.ts';
import { simdBackend, type Threads } from '../../../../src/backends/simd/backend.ts';
import { partGradient, planGradient } from '../../../../src/backends/simd/gradient.ts';
import { Heap, sharedMemory } from '../../../../src/backends/simd/heap.ts';
import { kernelOf, sharedModule } from '../../../../src/backends/simd/kernel.ts';
import { exampleInputs, packedLayout } from '../../../../src/backends/simd/layout.ts';
import { Holding } from '../../../../src/backends/simd/machine.ts';
import { startSecondThread } from '../../../../src/backends/simd/secondThread.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { largestDifference } from '../../../backends/differences.ts';
import { randomBatch, randomState, randomTask, randomWeights } from '../../../backends/simdFixtures.ts';

const shape: NetworkShape = { width: 30, depth: 3, activation: 'silu', outputs: 4 };
const task = randomTask(shape);
const BATCH = 101;
const TRIES = 1000;

/** Steps and answers of a backend, the last of them after its second thread was ended. */
async function weightsAfter(threads: Threads) {
  const backend = await simdBackend('relaxed', threads);
  const trainer = backend.createTrainer(task, randomState(shape), createRng(5));
  const network = backend.createNetwork(shape, randomWeights(shape));
  const points = randomBatch(BATCH).x0;
  const answers: number[] = [];
  for (let round = 0; round < 20; round++) {
    trainer.advance(
      BATCH,
      Array.from({ length: 20 }, () => ({ learningRate: 1e-3, emaDecay: 0.9 })),
    );
    const level = { inputScale: 1, noise: 0.5, features: new Float32Array(TIME_FEATURES).fill(round / 20) };
    answers.push(...network.evaluate(points, level).output);
    // The second thread starts meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (round === 17) backend.dispose();
  }
  const { weights } = await trainer.state();
  trainer.dispose();
  network.dispose();
  return { weights, answers, left: backend.memory().bytes };
}

/** A gradient by the second thread beside the same by this one. */
async function gradientElsewhere() {
  const heap = new Heap(sharedMemory());
  const module = await sharedModule('relaxed');
  const kernel = kernelOf(module, heap.memory);
  const holding = new Holding(heap);
  const layout = packedLayout(shape, exampleInputs(shape));
  const numbers = createRng(3);
  const normals = (n: number, spread = 1) =>
    holding.copy(Float32Array.from({ length: n }, () => spread * numbers.normal()));
  // Wider ones make a learned variance infinite.
  const weights = normals(layout.size, 1 / Math.sqrt(shape.width));
  const parts = { shape, objective: task.objective, layout, weights };
  const [ownPlan, theirPlan] = [planGradient(holding, parts), planGradient(holding, parts)];
  const [own, theirs] = [holding.floats(layout.size), holding.floats(layout.size)];
  const batch = { size: BATCH, batchSize: BATCH, level: holding.floats(BATCH) };
  const part = { ...batch, x0: normals(2 * BATCH), eps: normals(2 * BATCH) };
  const sum = partGradient(kernel, ownPlan, { ...part, gradient: own });
  const helper = startSecondThread(module, heap.memory);
  let theirSum: number | null = null;
  for (let attempt = 0; attempt < TRIES && theirSum === null; attempt++) {
    helper.offer({ kind: 'gradient', plan: theirPlan, part: { ...part, gradient: theirs } });
    await new Promise((resolve) => setTimeout(resolve, 10));
    theirSum = helper.collect(0);
  }
  helper.dispose();
  const difference = largestDifference(heap.view(own, layout.size), heap.view(theirs, layout.size));
  return { sum, theirSum, difference };
}

async function answers() {
  const one = await weightsAfter({ sampling: 1, training: 1 });
  const two = await weightsAfter({ sampling: 2, training: 2 });
  const difference = Math.max(
    largestDifference(one.weights, two.weights),
    largestDifference(one.answers, two.answers),
  );
  const steps = { difference, left: two.left };
  return { isolated: crossOriginIsolated, gradient: await gradientElsewhere(), steps };
}

export type ThreadAnswers = Awaited<ReturnType<typeof answers>>;

self.onmessage = async () => self.postMessage(await answers());

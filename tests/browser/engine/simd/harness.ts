import type { NetworkShape } from '../../../../src/backends/network.ts';
import { simdBackend } from '../../../../src/backends/simd/backend.ts';
import { supports, type Variant } from '../../../../src/backends/simd/kernel.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { largestDifference, relativeError } from '../../../backends/differences.ts';
import {
  lossAndGradient,
  randomBatch,
  randomState,
  randomTask,
  randomWeights,
  referenceGradient,
} from '../../../backends/simdFixtures.ts';
import type { ThreadAnswers } from './threads.ts';

const CHECKED = 31;

/** Largest relative errors of loss and gradient against float64. */
async function gradientErrors(variant: Variant, { size, ...shape }: NetworkShape & { size: number }) {
  const task = randomTask(shape);
  const batch = randomBatch(size);
  const { loss, gradient } = await lossAndGradient(await simdBackend(variant), task, batch);
  const reference = referenceGradient(task, randomWeights(shape), batch);
  const indices = Array.from({ length: CHECKED }, (_, k) => Math.floor((k * gradient.length) / CHECKED));
  const errors = indices.map((i) => {
    const expected = reference.gradientAt(i);
    return Math.abs(gradient[i]! - expected) / Math.max(1, Math.abs(expected));
  });
  return { loss: Math.abs(loss / reference.loss - 1), gradient: Math.max(...errors) };
}

/** How far 50 steps on batches of their own drawing lead from those of the scalar kernel, and from themselves again. */
async function driftOf(variant: Variant, shape: NetworkShape) {
  const trained = async (which: Variant) => {
    const backend = await simdBackend(which);
    const trainer = backend.createTrainer(randomTask(shape), randomState(shape), createRng(5));
    trainer.advance(
      33,
      Array.from({ length: 50 }, () => ({ learningRate: 1e-3, emaDecay: 0.9 })),
    );
    const network = trainer.freeze();
    const x = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i));
    const { output } = network.evaluate(x, {
      inputScale: 0.5,
      noise: 0.4,
      features: new Float32Array(16).fill(0.3),
    });
    const { weights } = await trainer.state();
    network.dispose();
    trainer.dispose();
    return { weights, output, left: backend.memory().bytes };
  };
  const [once, again, scalar] = [await trained(variant), await trained(variant), await trained('scalar')];
  return {
    again: largestDifference(once.weights, again.weights),
    weights: relativeError(once.weights, scalar.weights),
    output: relativeError(once.output, scalar.output),
    left: once.left,
  };
}

/** What two threads do, seen from a worker as in the engine: a page must not wait. */
function threads(): Promise<ThreadAnswers> {
  const worker = new Worker(new URL('./threads.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(null);
  });
}

const harness = { supports, gradientErrors, driftOf, threads };

declare global {
  interface Window {
    simdHarness: typeof harness;
  }
}

window.simdHarness = harness;

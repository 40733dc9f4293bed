import { parameterCount } from '../../../../src/backends/network.ts';
import type { TrainerBackend } from '../../../../src/backends/types.ts';
import { wgslBackend } from '../../../../src/backends/wgsl/backend.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { defaultConfig } from '../../../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../../../src/experiment/types.ts';
import { createExperiment, type GaussianExperiment } from '../../../../src/families/gaussian/experiment.ts';

export { relativeError } from '../../../backends/differences.ts';

export type Patch = Partial<ExperimentConfig>;

/** So small that a software adapter takes many steps a second. */
export function tinyExperiment(patch: Patch = {}): GaussianExperiment {
  return createExperiment({ ...defaultConfig, nPoints: 200, width: 16, depth: 2, nChain: 50, ...patch });
}

/** There is none for a moment after another test has crashed the GPU process. */
const ADAPTER_TRIES = 20;

export async function openDevice(): Promise<GPUDevice> {
  for (let tries = 0; tries < ADAPTER_TRIES; tries++) {
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter) return adapter.requestDevice();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('There is no GPU adapter.');
}

/** Our kernels on a device that stays open; null before it is used, and after it was lost. */
let kept: Promise<TrainerBackend<unknown>> | null = null;

/**
 * Runs a body on our kernels, on a device that bodies share: a backend compiles each kernel once, which on a software
 * adapter takes seconds.
 */
export async function onGpu<T>(body: (backend: TrainerBackend<unknown>) => Promise<T>): Promise<T> {
  kept ??= openDevice().then((device) => {
    void device.lost.then(() => {
      kept = null;
    });
    return wgslBackend(device, () => device.destroy()) as TrainerBackend<unknown>;
  });
  return body(await kept);
}

/** The same on a device of its own, which is closed after it. */
export async function onOwnGpu<T>(
  body: (backend: TrainerBackend<unknown>, device: GPUDevice) => Promise<T>,
  wrap: (device: GPUDevice) => GPUDevice = (device) => device,
): Promise<T> {
  const device = await openDevice();
  const backend = wgslBackend(wrap(device), () => device.destroy()) as TrainerBackend<unknown>;
  try {
    return await body(backend, device);
  } finally {
    backend.dispose();
  }
}

/** Weights without zeros, so that every gradient is felt. */
export function roughWeights({ task: { shape } }: GaussianExperiment, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: parameterCount(shape) }, () => rng.normal() / Math.sqrt(shape.width));
}

export function normals(n: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: n }, () => rng.normal());
}

export function equalBits(a: Float32Array, b: Float32Array): boolean {
  const words = [a, b].map((values) => new Uint32Array(values.buffer, values.byteOffset, values.length));
  return a.length === b.length && words[0]!.every((word, i) => word === words[1]![i]);
}

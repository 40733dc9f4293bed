import type { TrainerBackend } from '../types.ts';
import { Heap } from './heap.ts';
import { loadKernel, supports, VARIANTS, type Variant } from './kernel.ts';
import type { Machine } from './machine.ts';
import { fixedNetwork } from './network.ts';
import { noiseCache } from './noise.ts';
import { simdSpace } from './space.ts';
import { simdTrainer } from './trainer.ts';

/** The best variant that runs here. */
const bestVariant = (): Variant => VARIANTS.find(supports)!;

/**
 * Training and sampling on the CPU by kernels written for networks of this kind. Points are plain arrays.
 * @param variant which instructions to use, by default the best that this engine has
 * @throws Error when WebAssembly cannot be started
 */
export async function simdBackend(variant: Variant = bestVariant()): Promise<TrainerBackend<Float32Array>> {
  const heap = new Heap();
  const machine: Machine = { heap, kernel: await loadKernel(variant, heap.memory) };
  const noise = noiseCache();
  return {
    engine: 'simd',
    createTrainer: (task, state, rng) => simdTrainer(machine, task, state, rng),
    createNetwork: (shape, weights) => fixedNetwork(machine, shape, weights),
    space: (rng) => simdSpace(rng, noise),
    scaleNoise(z, variance, logLow, logHigh) {
      const half = (logHigh - logLow) / 2;
      return z.map((value, i) => value * Math.exp((variance[i]! * half + half + logLow) / 2));
    },
    upload: (points) => points.slice(),
    read: async (x) => x.slice(),
    release() {},
    memory: () => ({ tensors: heap.blocks, bytes: heap.bytes, gpuBytes: 0 }),
    dispose() {},
  };
}

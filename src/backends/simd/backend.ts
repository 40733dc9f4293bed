import type { TrainerBackend } from '../types.ts';
import { alwaysTogether, fasterWay, type Ways } from './fasterWay.ts';
import { Heap, sharedMemory } from './heap.ts';
import { kernelOf, loadKernel, ownModule, sharedModule, supports, VARIANTS, type Variant } from './kernel.ts';
import { fixedNetwork, type SimdNetwork } from './network.ts';
import { noiseCache } from './noise.ts';
import { runProgram } from './runProgram.ts';
import { startSecondThread } from './secondThread.ts';
import { simdSpace } from './space.ts';
import type { SharedMachine } from './splitWork.ts';
import { simdTrainer } from './trainer.ts';

/** The best variant that runs here. */
const bestVariant = (): Variant => VARIANTS.find(supports)!;

/** How many threads work on what: where two train, two sample as well. */
export type Threads =
  | { readonly sampling: 1; readonly training: 1 }
  | { readonly sampling: 2; readonly training: 1 | 2 | 'faster' };

/**
 * Two where memory may be shared. On two cores sampling on two threads is never slower than on one, since each takes what the
 * other leaves; whether training is, depends on what else the cores have to do, and is measured on the way.
 */
function usefulThreads(): Threads {
  const mayWait = globalThis.crossOriginIsolated && typeof document === 'undefined';
  const cores = mayWait ? navigator.hardwareConcurrency : 1;
  if (cores < 2) return { sampling: 1, training: 1 };
  return { sampling: 2, training: 'faster' };
}

/** Compiles the kernel that `simdBackend` will ask for. @throws Error when WebAssembly cannot be started */
export async function prepareSimd(): Promise<void> {
  const variant = bestVariant();
  await (canShare(variant, usefulThreads()) ? sharedModule(variant) : ownModule(variant));
}

/** Whether two threads are to work on one memory, for which there is a kernel in these instructions. */
const canShare = (variant: Variant, { sampling }: Threads): variant is Exclude<Variant, 'scalar'> =>
  sampling === 2 && variant !== 'scalar';

async function machineOf(variant: Variant, threads: Threads): Promise<SharedMachine> {
  if (canShare(variant, threads)) {
    try {
      return { ...(await sharedMachine(variant)), training: waysOf(threads.training) };
    } catch {
      // Such as a memory whose limit is more than the browser sets aside: one thread does the same, only slower.
    }
  }
  const heap = new Heap();
  return { heap, kernel: await loadKernel(variant, heap.memory) };
}

function waysOf(training: Threads['training']): Ways | null {
  if (training === 'faster') return fasterWay();
  return training === 2 ? alwaysTogether : null;
}

async function sharedMachine(variant: Exclude<Variant, 'scalar'>): Promise<SharedMachine> {
  const heap = new Heap(sharedMemory());
  const module = await sharedModule(variant);
  return { heap, kernel: kernelOf(module, heap.memory), helper: startSecondThread(module, heap.memory) };
}

/**
 * Training and sampling on the CPU by kernels written for networks of this kind. Points are plain arrays.
 * @param variant which instructions to use, by default the best that this engine has
 * @param threads with the same results to the bit; two need cross-origin isolation and a worker
 * @throws Error when WebAssembly cannot be started
 */
export async function simdBackend(
  variant: Variant = bestVariant(),
  threads: Threads = usefulThreads(),
): Promise<TrainerBackend<Float32Array>> {
  const machine = await machineOf(variant, threads);
  const { heap, helper } = machine;
  const noise = noiseCache(machine);
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
    sampleProgram: (network, run) => runProgram(network as SimdNetwork, noise, run),
    memory: () => ({ tensors: heap.blocks, bytes: heap.bytes, gpuBytes: 0 }),
    dispose: () => helper?.dispose(),
  };
}

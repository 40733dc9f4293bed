import type { TrainerBackend } from '../types.ts';
import { fixedNetwork, type WgslNetwork } from './fixedNetwork.ts';
import { watchedGpu } from './gpu.ts';
import { newPace } from './pace.ts';
import { pointStore } from './pointStore.ts';
import type { Points } from './points.ts';
import { runProgram } from './runProgram.ts';
import { algebraOn, wgslSpace } from './space.ts';
import { wgslTrainer } from './trainer.ts';

export { unsupported } from './tile.ts';

/** Evaluations for a tile of points with which the first path begins. */
const FIRST_TILES = 16;

/** Our own kernels on a GPU device, for networks that `unsupported` has nothing against; `onDispose` closes the device. */
export function wgslBackend(device: GPUDevice, onDispose: () => void): TrainerBackend<Points> {
  const gpu = watchedGpu(device);
  const store = pointStore(gpu);
  const algebra = algebraOn(gpu, store);
  const pace = newPace(FIRST_TILES, undefined, () => gpu.completion.latency);
  return {
    engine: 'wgsl',
    createTrainer: (task, state, rng) => wgslTrainer(gpu, store, task, state, rng),
    createNetwork: (shape, weights) =>
      fixedNetwork(gpu, store, shape, gpu.upload('network weights', weights)),
    space: (rng) => wgslSpace(store, algebra, rng),
    scaleNoise: algebra.scaleNoise,
    upload: store.upload,
    read: async ({ buffer, n }) => new Float32Array(await gpu.read(buffer, 0, 8 * n)),
    release: store.release,
    async *sampleProgram(network, run) {
      yield await runProgram(gpu, pace, network as WgslNetwork, run);
    },
    memory() {
      const { bytes } = gpu.memory();
      return { tensors: store.memory().points, bytes: store.memory().bytes, gpuBytes: bytes };
    },
    dispose() {
      gpu.dispose();
      onDispose();
    },
  };
}

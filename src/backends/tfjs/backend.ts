import * as tf from '@tensorflow/tfjs-core';
import type { TrainerBackend } from '../types.ts';
import { fixedNetwork } from './mlp.ts';
import { tfjsSpace } from './space.ts';
import { tfjsTrainer } from './trainer.ts';

interface GpuMemory {
  readonly numBytesAllocatedInGPU?: number;
}

/** tfjs on whichever backend is set; `onDispose` frees what was opened for it. */
export function tfjsBackend(onDispose: () => void): TrainerBackend<tf.Tensor2D> {
  return {
    engine: 'tfjs',
    createTrainer: tfjsTrainer,
    createNetwork(shape, weights) {
      const flat = tf.tensor1d(weights.slice(), 'float32');
      const network = fixedNetwork(flat, shape);
      flat.dispose();
      return network;
    },
    space: tfjsSpace,
    scaleNoise: (z, variance, logLow, logHigh) =>
      tf.tidy(() => {
        const half = (logHigh - logLow) / 2;
        const logSigma2 = tf.add(tf.mul(variance, half), logLow + half);
        return tf.mul(z, tf.exp(tf.div(logSigma2, 2)));
      }),
    upload: (points) => tf.tensor2d(points.slice(), [points.length / 2, 2]),
    read: async (x) => Float32Array.from(await x.data()),
    release: (x) => x.dispose(),
    memory() {
      const memory = tf.memory() as tf.MemoryInfo & GpuMemory;
      return {
        tensors: memory.numTensors,
        bytes: memory.numBytes,
        gpuBytes: memory.numBytesAllocatedInGPU ?? 0,
      };
    },
    dispose: onDispose,
  };
}

export { setBackend } from '@tensorflow/tfjs-core';

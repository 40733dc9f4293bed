import { type NetworkShape, parameterCount } from '../network.ts';
import type { Network } from '../types.ts';
import type { Gpu } from './gpu.ts';
import { evaluateBindings, evaluateWgsl, sharedLevelNumbers, sharedLevelSize } from './kernels/evaluate.ts';
import type { PointStore } from './pointStore.ts';
import type { Points } from './points.ts';
import { tilesFor } from './tile.ts';

/** A network for sampling, with what a whole reverse process on the device needs of it. */
export interface WgslNetwork extends Network<Points> {
  readonly shape: NetworkShape;
  readonly weights: GPUBuffer;
}

/** @param weights the flat parameters, which are the network's own from now on */
export function fixedNetwork(
  gpu: Gpu,
  store: PointStore,
  shape: NetworkShape,
  weights: GPUBuffer,
): WgslNetwork {
  const kernel = gpu.kernel('evaluate', evaluateWgsl(shape), evaluateBindings(shape));
  const level = gpu.allocate('level', 4 * sharedLevelSize(shape));
  return {
    shape,
    weights,
    evaluate(x, shared) {
      const { device } = gpu;
      const tiles = tilesFor(x.n, shape, device.limits);
      const output = store.make(x.n);
      const variance = shape.outputs === 4 ? store.make(x.n) : null;
      device.queue.writeBuffer(level, 0, Float32Array.from(sharedLevelNumbers(shared)));
      const results = variance ? [output, variance] : [output];
      const buffers = [weights, level, x.buffer, ...results.map(({ buffer }) => buffer)];
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(
        0,
        gpu.bind(
          kernel,
          buffers.map((buffer) => ({ buffer })),
        ),
      );
      pass.dispatchWorkgroups(tiles);
      pass.end();
      device.queue.submit([encoder.finish()]);
      return { output, variance };
    },
    readWeights: async () => new Float32Array(await gpu.read(weights, 0, 4 * parameterCount(shape))),
    dispose() {
      gpu.free(weights);
      gpu.free(level);
    },
  };
}

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { openGpu } from '../../gpu.ts';

/**
 * Puts tfjs on a device of our own, so that its loss is noticed: tfjs itself has no handler for it.
 * @param onLost called at most once, and not for a device that `close` destroyed
 * @returns `close`, which takes tfjs off the device and destroys it
 */
export async function prepare(adapter: GPUAdapter, onLost: (message: string) => void): Promise<() => void> {
  const { device, close } = await openGpu(adapter, onLost);
  // Importing the package registers a backend on a device of its own, the first time.
  if (findBackendFactory('webgpu')) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  return () => {
    removeBackend('webgpu');
    close();
  };
}

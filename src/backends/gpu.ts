const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

export interface OpenGpu {
  readonly device: GPUDevice;
  /** Destroys the device; its loss is then nobody's business. */
  close(): void;
}

/**
 * A device with all that the adapter can do.
 * @param onLost called at most once, and not for a device that `close` destroyed
 */
export async function openGpu(adapter: GPUAdapter, onLost: (message: string) => void): Promise<OpenGpu> {
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  let closed = false;
  device.lost.then(({ message }) => {
    if (!closed) onLost(message);
  });
  return {
    device,
    close() {
      closed = true;
      device.destroy();
    },
  };
}

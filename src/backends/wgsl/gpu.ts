import { type Completion, createCompletion } from './completion.ts';

/** What a kernel binds, in order: a step's numbers at a dynamic offset, small numbers, or buffers. */
export type Binding = 'step' | 'uniform' | 'read' | 'write';

export interface Shader {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** A device with what is on it counted, and what went wrong on it remembered. */
export interface Gpu {
  readonly device: GPUDevice;
  readonly completion: Completion;
  /** A zeroed buffer that kernels, copies and uploads may use. Bytes are made a multiple of 4, and at least 4. */
  allocate(label: string, bytes: number, extraUsage?: GPUBufferUsageFlags): GPUBuffer;
  upload(label: string, data: Float32Array | Uint32Array): GPUBuffer;
  free(buffer: GPUBuffer): void;
  /** The kernel of a shader, compiled once. A refusal shows in `check`. */
  kernel(name: string, code: string, bindings: readonly Binding[]): Shader;
  bind(kernel: Shader, resources: readonly GPUBindingResource[]): GPUBindGroup;
  /** Runs with all errors of validation and memory gathered for `check`. */
  guarded<T>(what: string, body: () => T): T;
  /** What went wrong so far; null as long as nothing is known to have. */
  readonly failure: Error | null;
  /** @throws Error with a sentence when a shader was refused, memory ran out, or the device was lost */
  check(): Promise<void>;
  /**
   * Bytes of a buffer once all that was queued is done.
   * @throws Error as `check`
   */
  read(buffer: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer>;
  memory(): { buffers: number; bytes: number };
  dispose(): void;
}

const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = {
  STORAGE: 0x80,
  COPY_SRC: 0x04,
  COPY_DST: 0x08,
  MAP_READ: 0x01,
};
const COMPUTE = 0x4;
const READ = 0x1;

export const UNIFORM = 0x40;

export function watchedGpu(device: GPUDevice, completion = createCompletion(device)): Gpu {
  const live = new Map<GPUBuffer, number>();
  const kernels = new Map<string, Shader>();
  const pending = new Set<Promise<void>>();
  let failure: Error | null = null;
  let disposed = false;
  const fail = (message: string) => {
    failure ??= new Error(message);
  };
  const lost = device.lost.then(({ message }) => {
    if (!disposed) fail(`The GPU was lost: ${message || 'the browser gives no reason'}.`);
  });
  const watch = (work: Promise<void>) => {
    // Rejected by a lost device alone, which `lost` tells of.
    const settled = work.catch(() => {}).finally(() => pending.delete(settled));
    pending.add(settled);
  };

  function allocate(label: string, bytes: number, extraUsage = 0): GPUBuffer {
    const size = Math.max(4, 4 * Math.ceil(bytes / 4));
    const buffer = device.createBuffer({ label, size, usage: STORAGE | COPY_SRC | COPY_DST | extraUsage });
    live.set(buffer, size);
    return buffer;
  }

  function guarded<T>(what: string, body: () => T): T {
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    try {
      return body();
    } finally {
      const memory = device.popErrorScope();
      const validation = device.popErrorScope();
      watch(
        Promise.all([memory, validation]).then(([full, invalid]) => {
          if (full) fail(`The GPU has not enough memory for ${what}.`);
          else if (invalid) fail(`The GPU refused ${what}: ${invalid.message}`);
        }),
      );
    }
  }

  function compiled(name: string, code: string, bindings: readonly Binding[]): Shader {
    return guarded(`the shader "${name}"`, () => {
      const module = device.createShaderModule({ label: name, code });
      watch(
        module.getCompilationInfo().then(({ messages }) => {
          const error = messages.find(({ type }) => type === 'error');
          if (error) {
            fail(`The GPU refused the shader "${name}", line ${error.lineNum}: ${error.message}`);
          }
        }),
      );
      const layout = device.createBindGroupLayout({
        entries: bindings.map((kind, binding) => ({ binding, visibility: COMPUTE, buffer: bufferOf(kind) })),
      });
      const pipeline = device.createComputePipeline({
        label: name,
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: 'main' },
      });
      return { pipeline, layout };
    });
  }

  async function check(): Promise<void> {
    while (pending.size > 0 && failure === null) await Promise.all(pending);
    if (failure !== null) throw failure;
  }

  return {
    device,
    completion,
    allocate,
    guarded,
    check,
    upload(label, data) {
      const buffer = allocate(label, data.byteLength);
      device.queue.writeBuffer(buffer, 0, data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      return buffer;
    },
    free(buffer) {
      if (live.delete(buffer)) buffer.destroy();
    },
    kernel(name, code, bindings) {
      const kernel = kernels.get(code) ?? compiled(name, code, bindings);
      kernels.set(code, kernel);
      return kernel;
    },
    bind: (kernel, resources) =>
      device.createBindGroup({
        layout: kernel.layout,
        entries: resources.map((resource, binding) => ({ binding, resource })),
      }),
    get failure() {
      return failure;
    },
    async read(buffer, offset, bytes) {
      await check();
      const copy = device.createBuffer({ size: Math.max(4, bytes), usage: MAP_READ | COPY_DST });
      try {
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(buffer, offset, copy, 0, bytes);
        device.queue.submit([encoder.finish()]);
        await completion.soon(copy.mapAsync(READ));
        await check();
        return copy.getMappedRange(0, bytes).slice(0);
      } catch (error) {
        // A lost device rejects the mapping first and says why a little later.
        await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 100))]);
        throw failure ?? error;
      } finally {
        copy.destroy();
      }
    },
    memory: () => ({ buffers: live.size, bytes: [...live.values()].reduce((sum, size) => sum + size, 0) }),
    dispose() {
      disposed = true;
      for (const buffer of live.keys()) buffer.destroy();
      live.clear();
      kernels.clear();
    },
  };
}

function bufferOf(kind: Binding): GPUBufferBindingLayout {
  switch (kind) {
    case 'step':
      return { type: 'uniform', hasDynamicOffset: true };
    case 'uniform':
      return { type: 'uniform' };
    case 'read':
      return { type: 'read-only-storage' };
    case 'write':
      return { type: 'storage' };
  }
}

import { findAdapter } from '../../../backends/adapter.ts';
import { openGpu } from '../../../backends/gpu.ts';

const GROUPS = 8192;
const GROUP_SIZE = 64;
const ROUNDS = 128;
const CHAINS = 8;
/** Long enough to hide how a submit begins and ends. */
const LEAST_MS = 50;
const ATTEMPTS = 3;

const chains = Array.from({ length: CHAINS }, (_, k) => `a${k}`);
const PEAK = `
@group(0) @binding(0) var<storage, read_write> sums: array<vec4f>;
@compute @workgroup_size(${GROUP_SIZE})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = vec4f(f32(id.x % 1024) * 1e-3);
  ${chains.map((a, k) => `var ${a} = vec4f(${k + 1});`).join('\n  ')}
  for (var i = 0; i < ${ROUNDS}; i++) {
    ${chains.map((a) => `${a} = fma(${a}, vec4f(0.5), c);`).join('\n    ')}
  }
  sums[id.x] = ${chains.join(' + ')};
}`;

/** The most multiply-adds that the GPU does, as GFLOP/s; null without one. */
export async function gpuPeak(): Promise<number | null> {
  const { adapter } = await findAdapter();
  if (!adapter) return null;
  const { device, close } = await openGpu(adapter, () => {});
  const module = device.createShaderModule({ code: PEAK });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const buffer = device.createBuffer({ size: 16 * GROUPS * GROUP_SIZE, usage: GPUBufferUsage.STORAGE });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  });

  async function milliseconds(dispatches: number): Promise<number> {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    for (let i = 0; i < dispatches; i++) pass.dispatchWorkgroups(GROUPS);
    pass.end();
    const begun = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - begun;
  }

  await milliseconds(1); // compiles
  let dispatches = 1;
  while ((await milliseconds(dispatches)) < LEAST_MS) dispatches *= 2;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ATTEMPTS; i++) best = Math.min(best, await milliseconds(dispatches));
  close();
  return (dispatches * GROUPS * GROUP_SIZE * ROUNDS * CHAINS * 8) / best / 1e6;
}

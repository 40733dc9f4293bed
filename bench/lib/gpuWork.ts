let given = 0;

/** Pieces of work given to the GPU since the page began: dispatches, and draws where WebGL computes by drawing. */
export const gpuWork = (): number => given;

function count<K extends string>(prototype: Record<K, (...args: never[]) => unknown>, method: K): void {
  const original = prototype[method];
  prototype[method] = function counted(this: unknown, ...args: never[]) {
    given += 1;
    return original.apply(this, args);
  };
}

if ('GPUComputePassEncoder' in globalThis) {
  count(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  count(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect');
}
if ('WebGL2RenderingContext' in globalThis) {
  count(WebGL2RenderingContext.prototype, 'drawArrays');
  count(WebGL2RenderingContext.prototype, 'drawElements');
}

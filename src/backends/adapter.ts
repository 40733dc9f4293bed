/** What the browser offers as a GPU. */
export interface AdapterReport {
  readonly adapter: GPUAdapter | null;
  /** For people: "nvidia ampere", "google swiftshader (software)"; null without an adapter. */
  readonly name: string | null;
  /** A GPU that the CPU imitates: slower than WebAssembly. */
  readonly software: boolean;
}

/** Asks for the fastest adapter; a browser without WebGPU, or an error, counts as none. */
export async function findAdapter(): Promise<AdapterReport> {
  const gpu = globalThis.navigator?.gpu;
  const adapter =
    (await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)) ?? null;
  if (!adapter) return { adapter: null, name: null, software: false };
  return { adapter, ...describeAdapter(adapter.info) };
}

type AdapterInfo = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> & {
  readonly isFallbackAdapter?: boolean;
};

export function describeAdapter(info: AdapterInfo): { name: string; software: boolean } {
  const { vendor, architecture, device, description } = info;
  const words = [vendor, architecture, device, description].join(' ');
  const software =
    info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(words);
  const known = [vendor, architecture].filter(Boolean).join(' ') || description || 'GPU';
  return { name: software ? `${known} (software)` : known, software };
}

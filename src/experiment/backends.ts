/** What the page says of a way to compute. */
interface BackendFacts {
  /** In the list to choose from. */
  readonly label: string;
  readonly summary?: string;
  /** Beside the state of training. */
  readonly short: string;
  /** Within a sentence. */
  readonly phrase: string;
  /** Whether it computes on the adapter of WebGPU. */
  readonly onAdapter?: true;
}

/** Our own fused kernels, our own WebAssembly, and TensorFlow.js on four devices; in the order in which they are offered. */
export const BACKENDS = {
  wgsl: {
    label: 'WebGPU, fused kernels',
    summary: 'Two hand-written GPU programs per training step.',
    short: 'WebGPU',
    phrase: 'fused WebGPU kernels',
    onAdapter: true,
  },
  simd: {
    label: 'WebAssembly, SIMD',
    summary: 'The CPU’s vector units; needs no GPU.',
    short: 'WebAssembly',
    phrase: 'SIMD WebAssembly',
  },
  webgpu: {
    label: 'TensorFlow.js, WebGPU',
    short: 'tfjs WebGPU',
    phrase: 'TensorFlow.js on WebGPU',
    onAdapter: true,
  },
  wasm: {
    label: 'TensorFlow.js, WebAssembly',
    short: 'tfjs WebAssembly',
    phrase: 'TensorFlow.js on WebAssembly',
  },
  webgl: { label: 'TensorFlow.js, WebGL', short: 'tfjs WebGL', phrase: 'TensorFlow.js on WebGL' },
  cpu: {
    label: 'TensorFlow.js, plain CPU',
    short: 'tfjs plain CPU',
    phrase: 'TensorFlow.js in plain JavaScript',
  },
} as const satisfies Readonly<Record<string, BackendFacts>>;

export type BackendName = keyof typeof BACKENDS;

/** A backend, or whichever is fastest on this device. */
export type BackendChoice = 'auto' | BackendName;

export const backendNames = Object.keys(BACKENDS) as readonly BackendName[];

export const factsOfBackend = (name: BackendName): BackendFacts => BACKENDS[name];

import type { BackendName } from '../experiment/backends.ts';

/** What this device does at most with which instructions; a GPU's is its own. */
export type PeakKind = 'relaxed' | 'simd' | 'scalar' | 'webgpu';

interface SpeedEntry {
  readonly id: string;
  readonly name: string;
  readonly backend: BackendName;
  /** For the SIMD engine: the instructions, on one thread; otherwise as the playground runs it. */
  readonly variant?: 'relaxed' | 'simd' | 'scalar';
  /** What its share of the peak is a share of; missing where that cannot be measured. */
  readonly peak?: PeakKind;
}

/** Every engine of the playground. */
export const SPEED_ENTRIES = [
  { id: 'wgsl', name: 'WGSL kernels', backend: 'wgsl', peak: 'webgpu' },
  { id: 'simd', name: 'SIMD WebAssembly, all its threads', backend: 'simd', peak: 'relaxed' },
  { id: 'relaxed', name: 'Relaxed SIMD, one thread', backend: 'simd', variant: 'relaxed', peak: 'relaxed' },
  { id: 'plain', name: 'SIMD, one thread', backend: 'simd', variant: 'simd', peak: 'simd' },
  { id: 'scalar', name: 'Scalar WebAssembly', backend: 'simd', variant: 'scalar', peak: 'scalar' },
  { id: 'webgpu', name: 'TensorFlow.js WebGPU', backend: 'webgpu', peak: 'webgpu' },
  { id: 'wasm', name: 'TensorFlow.js WebAssembly', backend: 'wasm', peak: 'simd' },
  { id: 'webgl', name: 'TensorFlow.js WebGL', backend: 'webgl' },
  { id: 'cpu', name: 'TensorFlow.js JavaScript', backend: 'cpu' },
] as const satisfies readonly SpeedEntry[];

export interface SpeedRequest {
  readonly entry: SpeedEntry;
  /** Of three hidden layers. */
  readonly width: number;
  readonly batch: number;
  /** For training and again for sampling. */
  readonly seconds: number;
}

export interface Speed {
  readonly stepsPerSecond: number;
  /** Six operations for each weight and example. */
  readonly gflops: number;
  /** Of one core, or of the GPU: multiply-adds and nothing else; null where it cannot be measured. */
  readonly peakGflops: number | null;
  /** Points through 50 steps of DDPM. */
  readonly samplesPerSecond: number;
}

/** What came of an engine, or why nothing did. */
export type SpeedOutcome = Speed | { readonly missing: string };

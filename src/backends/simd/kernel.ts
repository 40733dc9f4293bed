import type { Activation } from '../../experiment/types.ts';

/** The kernel in the instructions of this engine, best first. */
export const VARIANTS = ['relaxed', 'simd', 'scalar'] as const;
export type Variant = (typeof VARIANTS)[number];

/** The numbers by which the kernel knows the activations. */
export const ACTIVATION: Readonly<Record<Activation, number>> = { silu: 0, gelu: 1, relu: 2, tanh: 3 };

type Address = number;

/** What kernel/index.as exports; described where each is written. */
export interface WasmKernel {
  product(
    rows: number,
    a: Address,
    inner: number,
    w: Address,
    bias: Address,
    strips: number,
    out: Address,
  ): void;
  transposedProduct(
    rows: number,
    a: Address,
    inner: number,
    d: Address,
    strips: number,
    out: Address,
    accumulate: number,
  ): void;
  activate(kind: number, count: number, z: Address, slope: Address): void;
  throughActivation(
    rows: number,
    strips: number,
    d: Address,
    slope: Address,
    sums: Address,
    accumulate: number,
  ): void;
  transpose(inner: number, w: Address, strips: number, out: Address): void;
  exampleFeatures(
    rows: number,
    size: number,
    level: Address,
    x0: Address,
    eps: Address,
    levels: Address,
    nLevelFeatures: number,
    waves: Address,
    nWaves: number,
    out: Address,
  ): void;
  runProgram(
    network: Address,
    code: Address,
    end: Address,
    taken: Address,
    n: number,
    perChunk: number,
  ): void;
  lossSlopes(
    rows: number,
    size: number,
    level: Address,
    x0: Address,
    eps: Address,
    levels: Address,
    nLevelFeatures: number,
    perTerm: number,
    boundWeight: number,
    answer: Address,
  ): number;
  accumulate(count: number, sums: Address, terms: Address): void;
  adam(
    count: number,
    weights: Address,
    ema: Address,
    m: Address,
    v: Address,
    gradient: Address,
    rate: number,
    share: number,
  ): void;
  normals(count: number, state: Address, out: Address): void;
  gaussians(count: number, stream: Address, out: Address): void;
  staticEnd(): Address;
  peak(rounds: number): number;
}

type Binary = () => Promise<{ default: string }>;

/** Each variant is a file of its own, of which only one is loaded. */
const BINARIES: Readonly<Record<Variant, Binary>> = {
  relaxed: () => import('./kernel/index.as?relaxed'),
  simd: () => import('./kernel/index.as?simd'),
  scalar: () => import('./kernel/index.as?scalar'),
};

/** The same for a memory that threads share: a module takes only the kind of memory that it was compiled for. */
const SHARED_BINARIES: Readonly<Record<Exclude<Variant, 'scalar'>, Binary>> = {
  relaxed: () => import('./kernel/index.as?relaxed-shared'),
  simd: () => import('./kernel/index.as?simd-shared'),
};

/** Modules of one function that makes a vector (and multiplies and adds): valid where the instructions are known. */
const PROBES: Readonly<Record<Exclude<Variant, 'scalar'>, Uint8Array<ArrayBuffer>>> = {
  simd: probe([0x41, 0, 0xfd, 0x11]),
  relaxed: probe([0x41, 0, 0xfd, 0x11, 0x41, 0, 0xfd, 0x11, 0x41, 0, 0xfd, 0x11, 0xfd, 0x85, 0x02]),
};

/** A module with one function () → v128. @param body its instructions */
function probe(body: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = [1, 5, 1, 0x60, 0, 1, 0x7b];
  const functions = [3, 2, 1, 0];
  const code = [10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b];
  return Uint8Array.from([...header, ...types, ...functions, ...code]);
}

/** Whether this engine has the instructions of a variant. */
export function supports(variant: Variant): boolean {
  return variant === 'scalar' || WebAssembly.validate(PROBES[variant]);
}

const modules = new Map<Binary, Promise<WebAssembly.Module>>();

/** Compiled once; what could not be is tried again. */
function compiled(load: Binary): Promise<WebAssembly.Module> {
  const known = modules.get(load);
  if (known) return known;
  const module = compile(load);
  modules.set(load, module);
  module.catch(() => modules.delete(load));
  return module;
}

async function compile(load: Binary): Promise<WebAssembly.Module> {
  const { default: base64 } = await load();
  return WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** A module for a memory of one thread's own. @throws Error when WebAssembly cannot be started */
export const ownModule = (variant: Variant): Promise<WebAssembly.Module> => compiled(BINARIES[variant]);

/** A module that as many threads can have a kernel of as share a memory. */
export const sharedModule = (variant: Exclude<Variant, 'scalar'>): Promise<WebAssembly.Module> =>
  compiled(SHARED_BINARIES[variant]);

/** @throws Error when WebAssembly cannot be started */
export async function loadKernel(variant: Variant, memory: WebAssembly.Memory): Promise<WasmKernel> {
  return kernelOf(await ownModule(variant), memory);
}

export function kernelOf(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmKernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as WasmKernel;
}

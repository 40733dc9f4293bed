import type { Heap } from './heap.ts';
import type { WasmKernel } from './kernel.ts';

/** What a backend's trainers and networks share. */
export interface Machine {
  readonly kernel: WasmKernel;
  readonly heap: Heap;
}

/** Blocks that are given back together. */
export class Holding {
  readonly #heap: Heap;
  readonly #addresses = new Set<number>();
  #released = false;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** Address of a copy of these numbers. */
  copy(values: Float32Array): number {
    const at = this.floats(values.length);
    this.#heap.view(at, values.length).set(values);
    return at;
  }

  /** Address of a copy of these u32. */
  words(values: readonly number[]): number {
    return this.bytes(Uint32Array.from(values).buffer);
  }

  /** Address of a copy of these bytes, a multiple of four. */
  bytes(values: ArrayBuffer): number {
    return this.copy(new Float32Array(values));
  }

  /** Address of so many zeros. */
  floats(count: number): number {
    const at = this.#heap.floats(count);
    this.#addresses.add(at);
    return at;
  }

  release(at: number): void {
    this.#heap.release(at);
    this.#addresses.delete(at);
  }

  /** What has been given back may be another's by now. @throws Error when this is what happened */
  requireHeld(what: string): void {
    if (this.#released) throw new Error(`This ${what} has been disposed of.`);
  }

  /** Does nothing the second time. */
  releaseAll(): void {
    this.#released = true;
    for (const at of this.#addresses) this.#heap.release(at);
    this.#addresses.clear();
  }
}

/** Address of the i-th float. */
export const floatAt = (address: number, i: number): number => address + 4 * i;

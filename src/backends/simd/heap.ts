const PAGE = 65536;
/** A cache line; vectors need not be aligned, but are faster so. */
const ALIGNMENT = 64;
/** Below lie the constants of the kernel. */
export const START = 4096;

/** A memory that is shared has a limit, which is set aside as addresses from the beginning: 512 MiB. */
const MOST_PAGES = 8192;

/** A memory that other threads can have too. @throws Error where that is not allowed */
export function sharedMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
}

interface Block {
  readonly at: number;
  readonly bytes: number;
}

/**
 * The kernel's memory in blocks: those given back are joined with their free neighbours and used again, and the memory
 * grows only when none is large enough.
 */
export class Heap {
  readonly memory: WebAssembly.Memory;
  /** Free blocks by address; no two touch. */
  #free: Block[] = [{ at: START, bytes: PAGE - START }];
  readonly #used = new Map<number, number>();

  /** @param memory of one page */
  constructor(memory = new WebAssembly.Memory({ initial: 1 })) {
    this.memory = memory;
  }

  /** Blocks in use. */
  get blocks(): number {
    return this.#used.size;
  }

  /** Bytes in use. */
  get bytes(): number {
    return [...this.#used.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Address of so many zeros. @throws RangeError when there is no memory left */
  floats(count: number): number {
    const bytes = Math.max(1, Math.ceil((4 * count) / ALIGNMENT)) * ALIGNMENT;
    let index = this.#free.findIndex((block) => block.bytes >= bytes);
    if (index < 0) index = this.#grow(bytes);
    const { at, bytes: available } = this.#free[index]!;
    const rest = { at: at + bytes, bytes: available - bytes };
    this.#free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
    this.#used.set(at, bytes);
    new Uint8Array(this.memory.buffer, at, bytes).fill(0);
    return at;
  }

  release(at: number): void {
    const bytes = this.#used.get(at);
    if (bytes === undefined) throw new Error(`Nothing is in use at ${at}.`);
    this.#used.delete(at);
    this.#insert({ at, bytes });
  }

  /** A view that is good until the next block is asked for. */
  view(at: number, count: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer as ArrayBuffer, at, count);
  }

  #grow(bytes: number): number {
    const end = this.memory.buffer.byteLength;
    const pages = Math.ceil(bytes / PAGE);
    this.memory.grow(pages);
    return this.#insert({ at: end, bytes: pages * PAGE });
  }

  /** Adds a free block, joined with what is free around it. @returns its index */
  #insert(block: Block): number {
    const before = this.#free.filter(({ at }) => at < block.at);
    const after = this.#free.slice(before.length);
    const previous = before.at(-1);
    let { at, bytes } = block;
    if (previous && previous.at + previous.bytes === at) {
      before.pop();
      at = previous.at;
      bytes += previous.bytes;
    }
    const next = after[0];
    if (next && at + bytes === next.at) {
      after.shift();
      bytes += next.bytes;
    }
    this.#free = [...before, { at, bytes }, ...after];
    return before.length;
  }
}

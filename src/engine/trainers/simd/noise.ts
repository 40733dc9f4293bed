import type { Rng } from '../../../core/types.ts';
import { Holding, type Machine } from './machine.ts';

/** Floats kept: 1 000 steps of 2 000 points. */
const LIMIT = 4_000_000;

/** Numbers that are made at once. */
const PIECE = 4096;

/** Noise that has been drawn before: stages share theirs, and a preview is made again and again. */
export interface NoiseCache {
  /** The first `count` normal numbers of `rng.fork(key)`; not to be written to. */
  draw(rng: Rng, key: number, count: number): Float32Array;
}

export function noiseCache(machine: Machine, limit = LIMIT): NoiseCache {
  /** By the first number of their stream, which tells streams apart; the least recently used first. */
  const kept = new Map<number, Float32Array>();
  let size = 0;

  function keep(name: number, numbers: Float32Array): void {
    kept.set(name, numbers);
    size += numbers.length;
    for (const [oldest, { length }] of kept) {
      if (size <= limit) return;
      kept.delete(oldest);
      size -= length;
    }
  }

  return {
    draw(rng, key, count) {
      const name = rng.fork(key).uniform();
      const known = kept.get(name);
      if (known) {
        kept.delete(name);
        size -= known.length;
      }
      const numbers = known && known.length >= count ? known : drawn(machine, rng.fork(key), count);
      keep(name, numbers);
      return numbers.length === count ? numbers : numbers.subarray(0, count);
    },
  };
}

/** What `stream.normal()` would say, several times as fast. */
function drawn({ kernel, heap }: Machine, stream: Rng, count: number): Float32Array {
  const out = new Float32Array(count);
  const holding = new Holding(heap);
  const at = holding.floats(PIECE);
  const from = holding.floats(2 * PIECE);
  for (let start = 0; start < count; start += PIECE) {
    const left = Math.min(PIECE, count - start);
    const even = left + (left % 2);
    const uniforms = new Float64Array(heap.memory.buffer, from, even);
    for (let i = 0; i < even; i++) uniforms[i] = stream.uniform();
    kernel.boxMuller(even, from, at);
    out.set(heap.view(at, left), start);
  }
  holding.releaseAll();
  return out;
}

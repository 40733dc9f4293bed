import type { Rng } from '../../core/types.ts';
import { Holding, type Machine } from './machine.ts';

/** Floats kept: 1 000 steps of 2 000 points. */
const LIMIT = 4_000_000;

/** Noise that has been drawn before: stages share theirs, and a preview is made again and again. */
export interface NoiseCache {
  /** The first `count` normal numbers of `rng.fork(key)`; not to be written to. */
  draw(rng: Rng, key: number, count: number): Float32Array;
}

export function noiseCache(machine: Machine, limit = LIMIT): NoiseCache {
  /** By the words that their stream begins with; the least recently used first. */
  const kept = new Map<string, Float32Array>();
  let size = 0;

  function keep(name: string, numbers: Float32Array): void {
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
      const stream = rng.fork(key);
      const name = stream.words.join();
      const known = kept.get(name);
      if (known) {
        kept.delete(name);
        size -= known.length;
      }
      const numbers = known && known.length >= count ? known : drawn(machine, stream, count);
      keep(name, numbers);
      return numbers.length === count ? numbers : numbers.subarray(0, count);
    },
  };
}

/** What `stream.normal()` would say, several times as fast. */
function drawn({ kernel, heap }: Machine, { words }: Rng, count: number): Float32Array {
  const holding = new Holding(heap);
  const stream = holding.words([...words, 0, 0, 0, 0]);
  const even = count + (count % 2);
  const at = holding.floats(even);
  kernel.gaussians(even, stream, at);
  const out = heap.view(at, count).slice();
  holding.releaseAll();
  return out;
}

import { requireInteger } from './check.ts';
import type { Rng } from './types.ts';

type Words = Rng['words'];

const ROOT: Words = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]; // the first digits of π

/**
 * Seeded random numbers: the generator sfc32 (Doty-Humphrey, PractRand; 128 bits of state, period over 2³²), seeded
 * with a hash of the path of keys that leads from the seed to this stream.
 * @param seed any finite number; equal seeds give equal numbers on every machine
 * @throws RangeError when the seed is not finite
 */
export function createRng(seed: number): Rng {
  if (!Number.isFinite(seed)) throw new RangeError(`A seed must be a finite number, not ${seed}.`);
  return stream(hash(ROOT, `seed ${seed}`));
}

function stream(path: Words): Rng {
  const next = sfc32(path);
  let spare: number | null = null;

  /** 53 random bits, so that the tails of `normal` reach beyond 8 standard deviations. */
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;

  return {
    words: path,
    uniform,
    normal() {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      // Box–Muller: two normals from two uniforms; 1 − u is in (0,1], where the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    integer(n) {
      requireInteger('The number of choices', n, 1, Number.MAX_SAFE_INTEGER);
      return Math.floor(uniform() * n);
    },
    fork: (key) => stream(hash(path, `${typeof key} ${key}`)),
  };
}

function sfc32(words: Words): () => number {
  // In an array of machine words: a variable of a closure would be a number of its own on the heap, made anew each time.
  const state = Int32Array.from(words);
  const next = () => {
    const a = state[0]!;
    const b = state[1]!;
    const c = state[2]!;
    const counter = state[3]!;
    const sum = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** Four multiplicative hashes of `text`, each mixed into its neighbour and finished as MurmurHash3 does. */
function hash(path: Words, text: string): Words {
  let [a, b, c, d] = path;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 0x239b961b);
    b = c ^ Math.imul(b ^ code, 0xab0e9789);
    c = d ^ Math.imul(c ^ code, 0x38b34ae5);
    d = a ^ Math.imul(d ^ code, 0xa1e38b93);
  }
  a = finish(a ^ d);
  b = finish(b ^ a);
  c = finish(c ^ b);
  d = finish(d ^ c);
  return [a ^ d, b, c, d];
}

function finish(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

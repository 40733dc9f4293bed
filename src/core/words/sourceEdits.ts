import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import { languageFacts } from './statistics.ts';

/** What the network is asked to do at a word, to go one step back. */
export const TAGS = ['keep', 'replace', 'delete', 'insert'] as const;
export const [KEEP, REPLACE, DELETE, INSERT] = [0, 1, 2, 3] as const;

/** One step of DiffusER's corruption (Reid et al. 2022): 60 % kept, 20 % replaced, 10 % deleted, 10 % inserted. */
const SHARES = [0.6, 0.2, 0.1, 0.1];
/** Mean length of a run of the same edit: Poisson, of at least 1. */
const RUN_MEAN = 1;

/** A corrupted string, and for each of its words what leads back: a tag, and the word that belongs there or before it. */
export interface Corrupted {
  readonly words: number[];
  readonly tags: number[];
  /** For REPLACE the word that stood here; for INSERT the one that was deleted before this; else the word itself. */
  readonly originals: number[];
}

/** One step of the source's corruption. @param before a string without padding */
export function corrupt(before: readonly number[], rng: Pick<Rng, 'uniform'>): Corrupted {
  const { unigrams } = languageFacts();
  const words: number[] = [];
  const tags: number[] = [];
  const originals: number[] = [];
  let deleted: number | null = null;
  const say = (word: number, tag: number, original: number) => {
    words.push(word);
    // A deletion just before is undone at this word, if it needs nothing else.
    if (deleted !== null && tag === KEEP) {
      tags.push(INSERT);
      originals.push(deleted);
    } else {
      tags.push(tag);
      originals.push(original);
    }
    deleted = null;
  };
  for (let i = 0; i < before.length; ) {
    const edit = drawIndex(SHARES, rng);
    const run = runLength(rng);
    for (let k = 0; k < run && (i < before.length || edit === INSERT); k++) {
      const word = before[i]!;
      if (edit === INSERT) say(drawIndex(unigrams, rng), DELETE, 0);
      else if (edit === DELETE) deleted = before[i++]!;
      else {
        i += 1;
        if (edit === KEEP) say(word, KEEP, word);
        else say(drawIndex(unigrams, rng), REPLACE, word);
      }
    }
  }
  return { words, tags, originals };
}

/** Poisson(1), of at least 1. */
function runLength(rng: Pick<Rng, 'uniform'>): number {
  const weights = Array.from({ length: 8 }, (_, k) => RUN_MEAN ** (k + 1) / factorial(k + 1));
  return 1 + drawIndex(weights, rng);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Does what the tags say. @param said the words for REPLACE and INSERT */
export function undo(words: readonly number[], tags: ArrayLike<number>, said: ArrayLike<number>): number[] {
  return words.flatMap((word, i) => {
    if (tags[i] === DELETE) return [];
    if (tags[i] === REPLACE) return [said[i]!];
    if (tags[i] === INSERT) return [said[i]!, word];
    return [word];
  });
}

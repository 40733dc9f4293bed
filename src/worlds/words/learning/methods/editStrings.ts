import { drawIndex } from '../../../../core/discrete/draw.ts';
import type { Rng } from '../../../../core/types.ts';
import { equilibrium, padded } from '../../../../core/words/birthDeath.ts';
import { drawSentence, L, lengthOf, PAD, SYMBOLS, V } from '../../../../core/words/language.ts';
import { languageFacts } from '../../../../core/words/statistics.ts';
import type { WordsSettings } from '../../settings.ts';
import { TIME_FEATURES, writeOneHot, writeTime } from './shared.ts';

const K = SYMBOLS.length;
export const EDIT_INPUTS = L * K + TIME_FEATURES;

/** Rates whose equilibrium is about as long as the sentences are: λ/(μ − λ) = 4 words. */
export const RATES = { birth: 0.8, death: 1, replacement: 0.5 } as const;
export const strip = (sentence: Int32Array): number[] => [...sentence.subarray(0, lengthOf(sentence))];

/** Strings longer than the positions are redrawn. */
export function fitting(draw: () => number[]): Int32Array {
  for (;;) {
    const words = draw();
    if (words.length <= L) return padded(words);
  }
}

export function encodeEdited(states: readonly Int32Array[], shares: readonly number[]): Float32Array {
  const inputs = new Float32Array(states.length * EDIT_INPUTS);
  states.forEach((state, n) => {
    writeOneHot(state, K, inputs, n * EDIT_INPUTS);
    writeTime(shares[n]!, inputs, n * EDIT_INPUTS + L * K);
  });
  return inputs;
}

/** Noise; a draft, which is a true sentence after some edits; or one of the autoregressive model of neighbours alone. */
export function startingStrings(
  { start }: WordsSettings,
  n: number,
  rng: Rng,
  asDraft: (x0: Int32Array) => Int32Array,
  sources?: readonly Int32Array[],
): Int32Array[] {
  return Array.from({ length: n }, (_, k) => {
    if (start === 'noise') return fitting(() => equilibrium(RATES, rng));
    if (start === 'draft') return sources?.[k]?.slice() ?? asDraft(drawSentence(rng));
    return bigramDraft(rng);
  });
}

/** An autoregressive draft of order 1: each word by the one before it, exact for the language's neighbours. */
function bigramDraft(rng: Rng): Int32Array {
  const table = nextWords();
  const sentence = new Int32Array(L);
  let before: number = V;
  for (let i = 0; i < L; i++) {
    before = drawIndex(table, rng, before * V, V);
    if (before === PAD) break;
    sentence[i] = before;
  }
  return sentence;
}

let next: Float64Array | null = null;

/** p(word | word before), [V + 1][V], where the last row is for the first word. */
function nextWords(): Float64Array {
  if (next) return next;
  const table = new Float64Array((V + 1) * V);
  const { sentences, probabilities } = languageFacts();
  sentences.forEach((sentence, n) => {
    sentence.forEach((word, i) => {
      const before = i === 0 ? V : sentence[i - 1]!;
      if (before !== PAD) table[before * V + word]! += probabilities[n]!;
    });
  });
  next = table;
  return table;
}

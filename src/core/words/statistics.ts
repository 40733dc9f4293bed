import { enumerate } from './automaton.ts';
import { L, LANGUAGE, lengthOf, V } from './language.ts';

/** What is true of the language on average, all exact. */
export interface LanguageFacts {
  /** All sentences, [15 000][L], and their probabilities. */
  readonly sentences: readonly Int32Array[];
  readonly probabilities: Float64Array;
  /** H, bits a sentence. */
  readonly entropy: number;
  /** Words a sentence, without padding. */
  readonly meanLength: number;
  /** p(w_i = v), [L][V]. */
  readonly byPosition: Float64Array;
  /** Sum of the positions' entropies, bits: what a model that knows no context pays. */
  readonly unigramEntropy: number;
  /** p(word) among the words before the padding, [V]; that of the padding is 0. */
  readonly unigrams: Float64Array;
  /** p(first, second) of neighbours before the padding, [V][V]. */
  readonly bigrams: Float64Array;
  /** p(length), [L + 1]. */
  readonly lengths: Float64Array;
}

let facts: LanguageFacts | null = null;

/** Of the enumeration of all sentences, made once. */
export function languageFacts(): LanguageFacts {
  facts ??= measure();
  return facts;
}

function measure(): LanguageFacts {
  const { sequences, probabilities } = enumerate(LANGUAGE, L);
  const byPosition = new Float64Array(L * V);
  const lengths = new Float64Array(L + 1);
  let entropy = 0;
  sequences.forEach((sentence, n) => {
    const p = probabilities[n]!;
    entropy -= p * Math.log2(p);
    lengths[lengthOf(sentence)]! += p;
    for (let i = 0; i < L; i++) byPosition[i * V + sentence[i]!]! += p;
  });
  const { unigrams, bigrams } = wordFrequencies(sequences, probabilities);
  return {
    sentences: sequences,
    probabilities,
    entropy,
    meanLength: lengths.reduce((sum, p, length) => sum + p * length, 0),
    byPosition,
    unigramEntropy: byPosition.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0),
    unigrams,
    bigrams,
    lengths,
  };
}

/** Frequencies of words and of neighbours before the padding; each table sums to 1, or is zero where there are none. */
export function wordFrequencies(
  sentences: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
): { unigrams: Float64Array; bigrams: Float64Array } {
  const unigrams = new Float64Array(V);
  const bigrams = new Float64Array(V * V);
  sentences.forEach((sentence, n) => {
    const weight = weights ? weights[n]! : 1;
    const length = lengthOf(sentence);
    for (let i = 0; i < length; i++) {
      unigrams[sentence[i]!]! += weight;
      if (i > 0) bigrams[sentence[i - 1]! * V + sentence[i]!]! += weight;
    }
  });
  return { unigrams: normalized(unigrams), bigrams: normalized(bigrams) };
}

export function normalized(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, value) => sum + value, 0);
  return total > 0 ? weights.map((value) => value / total) : weights;
}

/** Zipf's law in one number: the least squares slope of ln(share) against ln(rank) of the words that occur; NaN of fewer than two. */
export function zipfSlope(shares: Float64Array): number {
  const sorted = [...shares].filter((share) => share > 0).sort((a, b) => b - a);
  const points = sorted.map((share, k) => ({ x: Math.log(k + 1), y: Math.log(share) }));
  const mean = (of: 'x' | 'y') => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const centre = { x: mean('x'), y: mean('y') };
  let [products, squares] = [0, 0];
  for (const { x, y } of points) {
    products += (x - centre.x) * (y - centre.y);
    squares += (x - centre.x) ** 2;
  }
  return products / squares;
}

/** ½ Σ |p − q|. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) sum += Math.abs(p[k]! - q[k]!);
  return sum / 2;
}

/** Number of distinct sentences that n true draws are expected to have. */
export const expectedDistinct = (n: number): number =>
  languageFacts().probabilities.reduce((sum, p) => sum + 1 - (1 - p) ** n, 0);

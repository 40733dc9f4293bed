import { hasAgreementError } from './agreement.ts';
import { bitsOf } from './automaton.ts';
import { L, LANGUAGE, lengthOf, textOf, V } from './language.ts';
import { expectedDistinct, languageFacts, totalVariation, wordFrequencies, zipfSlope } from './statistics.ts';

/** What sentences have in common, held against the language. Shares are 0…1. */
export function measureSentences(sentences: readonly Int32Array[]) {
  const n = sentences.length;
  const bits = sentences.map((sentence) => bitsOf(LANGUAGE, sentence));
  const possible = bits.filter((value) => value < Number.POSITIVE_INFINITY);
  const lengths = new Float64Array(L + 1);
  for (const sentence of sentences) lengths[lengthOf(sentence)]! += 1 / n;
  const facts = languageFacts();
  const { unigrams, bigrams } = wordFrequencies(sentences.map(withoutMasks));
  return {
    counted: n,
    valid: possible.length / n,
    agreementErrors: sentences.filter(hasAgreementError).length / n,
    distinct: new Set(sentences.map(textOf)).size,
    repetition: repeatedShare(sentences),
    bits: possible.reduce((sum, value) => sum + value, 0) / possible.length,
    lengthVariation: totalVariation(lengths, facts.lengths),
    unigramVariation: totalVariation(unigrams, facts.unigrams),
    bigramVariation: totalVariation(bigrams, facts.bigrams),
    zipfSlope: zipfSlope(unigrams),
  };
}

/** What n true draws have on average, exact. */
export function exactQuality(n: number): ReturnType<typeof measureSentences> {
  const { sentences, probabilities, entropy, unigrams } = languageFacts();
  return {
    counted: n,
    valid: 1,
    agreementErrors: 0,
    distinct: expectedDistinct(n),
    repetition: repeatedShare(sentences, probabilities),
    bits: entropy,
    lengthVariation: 0,
    unigramVariation: 0,
    bigramVariation: 0,
    zipfSlope: zipfSlope(unigrams),
  };
}

const withoutMasks = (sentence: Int32Array) => sentence.map((word) => Math.min(word, V - 1));

/** Share of the neighbours that were said before in the same sentence. */
function repeatedShare(sentences: readonly Int32Array[], weights?: ArrayLike<number>): number {
  let repeated = 0;
  let all = 0;
  sentences.forEach((sentence, n) => {
    const weight = weights ? weights[n]! : 1;
    const seen = new Set<number>();
    for (let i = 1; i < lengthOf(sentence); i++) {
      const pair = sentence[i - 1]! * 100 + sentence[i]!;
      if (seen.has(pair)) repeated += weight;
      seen.add(pair);
      all += weight;
    }
  });
  return all === 0 ? 0 : repeated / all;
}

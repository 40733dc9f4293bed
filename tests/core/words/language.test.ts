import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { bitsOf, enumerate } from '../../../src/core/words/automaton.ts';
import {
  drawSentence,
  L,
  LANGUAGE,
  lengthOf,
  sentenceOf,
  textOf,
  V,
} from '../../../src/core/words/language.ts';
import { exactQuality, measureSentences } from '../../../src/core/words/quality.ts';
import { zipfSlope } from '../../../src/core/words/statistics.ts';

const all = enumerate(LANGUAGE, L);

describe('the language', () => {
  test('has 25 states, 87 arcs and 15 000 sentences of total probability 1', () => {
    expect(LANGUAGE.states).toBe(25);
    expect(LANGUAGE.arcs).toHaveLength(87);
    expect(all.sequences).toHaveLength(15000);
    expect(all.probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
  });

  test('leaves every state with probability 1', () => {
    const leaving = new Float64Array(LANGUAGE.states);
    for (const { from, probability } of LANGUAGE.arcs) leaving[from]! += probability;
    for (const total of leaving) expect(total).toBeCloseTo(1, 12);
  });

  test('has the entropy, length and unigram entropies of the design', () => {
    let entropy = 0;
    let length = 0;
    const counts = new Float64Array(L * V);
    all.sequences.forEach((sentence, n) => {
      const p = all.probabilities[n]!;
      entropy -= p * Math.log2(p);
      length += p * lengthOf(sentence);
      for (let i = 0; i < L; i++) counts[i * V + sentence[i]!]! += p;
    });
    expect(entropy).toBeCloseTo(10.17398, 5);
    expect(length).toBeCloseTo(5.54, 2);
    const unigrams = counts.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);
    expect(unigrams).toBeCloseTo(21.56, 2);
    expect(2 ** (entropy / (length + 1))).toBeCloseTo(2.94, 2);
    const distinct = (n: number) => all.probabilities.reduce((sum, p) => sum + 1 - (1 - p) ** n, 0);
    expect(distinct(1000)).toBeCloseTo(562, 0);
    expect(distinct(4000)).toBeCloseTo(1487, 0);
  });

  test('scores each sentence by its enumerated probability, and what it cannot say as Infinity', () => {
    for (let n = 0; n < all.sequences.length; n += 97)
      expect(bitsOf(LANGUAGE, all.sequences[n]!)).toBeCloseTo(-Math.log2(all.probabilities[n]!), 10);
    expect(bitsOf(LANGUAGE, sentenceOf('the cat near the big dogs see cats'))).toBe(Infinity);
    expect(bitsOf(LANGUAGE, sentenceOf(''))).toBe(Infinity);
  });

  test('draws sentences of its own, as often as they are probable', () => {
    const rng = createRng(3);
    let sum = 0;
    const n = 4000;
    for (let k = 0; k < n; k++) sum += bitsOf(LANGUAGE, drawSentence(rng));
    expect(Math.abs(sum / n - 10.174)).toBeLessThan(0.2);
  });

  test('is written as words with single spaces, both ways', () => {
    const text = 'the cat near the big dogs sees a dog';
    expect(textOf(sentenceOf(text))).toBe(text);
    expect(() => sentenceOf('the cow sleeps')).toThrow(/“cow” is not a word/);
    expect(() => sentenceOf('cat'.concat(' cat'.repeat(12)))).toThrow(/at most 12 words/);
  });
});

describe('the scoreboard', () => {
  test('says of the language what true draws come to', () => {
    const rng = createRng(3);
    const n = 2000;
    const drawn = measureSentences(Array.from({ length: n }, () => drawSentence(rng)));
    const exact = exactQuality(n);
    expect(exact.bits).toBeCloseTo(10.17398, 5);
    expect(Math.round(exactQuality(1000).distinct)).toBe(562);
    expect(Math.abs(drawn.bits - exact.bits)).toBeLessThan(0.3);
    expect(Math.abs(drawn.distinct - exact.distinct)).toBeLessThan(60);
    expect(Math.abs(drawn.repetition - exact.repetition)).toBeLessThan(0.01);
    expect(exact.repetition).toBeGreaterThan(0.01);
    expect(Math.abs(drawn.zipfSlope - exact.zipfSlope)).toBeLessThan(0.1);
    expect(drawn.valid).toBe(exact.valid);
    expect(drawn.lengthVariation).toBeLessThan(0.05);
  });

  test('has Zipf’s slope: −1 where shares are as 1/rank, whatever their order, 0 where all are alike', () => {
    expect(zipfSlope(Float64Array.of(0, 1 / 3, 1, 1 / 4, 1 / 2))).toBeCloseTo(-1, 12);
    expect(zipfSlope(new Float64Array(5).fill(0.2))).toBeCloseTo(0, 12);
  });
});

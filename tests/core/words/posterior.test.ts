import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { hasAgreementError } from '../../../src/core/words/agreement.ts';
import { ATTRIBUTE_IDS, ATTRIBUTES, attributeValue } from '../../../src/core/words/attributes.ts';
import { bitsOf, enumerate } from '../../../src/core/words/automaton.ts';
import { type Asked, askedFacts, controlled, fulfils } from '../../../src/core/words/control.ts';
import { drawSentence, L, LANGUAGE, MASK, sentenceOf, V } from '../../../src/core/words/language.ts';
import {
  gaussianLikelihood,
  observedLikelihood,
  simplexEmbeddings,
} from '../../../src/core/words/likelihood.ts';
import { posterior } from '../../../src/core/words/posterior.ts';

const all = enumerate(LANGUAGE, L);

/** p(w_i | seen) and p(seen) by adding up all 15 000 sentences. */
function byEnumeration(like: Float64Array) {
  const marginals = new Float64Array(L * V);
  let evidence = 0;
  all.sequences.forEach((sentence, n) => {
    let joint = all.probabilities[n]!;
    for (let i = 0; i < L; i++) joint *= like[i * V + sentence[i]!]!;
    evidence += joint;
    for (let i = 0; i < L; i++) marginals[i * V + sentence[i]!]! += joint;
  });
  return { marginals: marginals.map((value) => value / evidence), logEvidence: Math.log(evidence) };
}

function expectSame(like: Float64Array) {
  const exact = byEnumeration(like);
  const found = posterior(LANGUAGE, like);
  expect(found.logEvidence).toBeCloseTo(exact.logEvidence, 11);
  const worst = found.marginals.reduce((most, p, k) => Math.max(most, Math.abs(p - exact.marginals[k]!)), 0);
  expect(worst).toBeLessThan(1e-12);
}

const rng = createRng(1);

describe('the posterior, against the enumeration of all sentences', () => {
  test('is right for any likelihoods', () => {
    for (let n = 0; n < 4; n++) expectSame(Float64Array.from({ length: L * V }, () => rng.uniform() ** 4));
  });

  test('is right for masks, for the simplex and for embeddings', () => {
    const sentence = drawSentence(rng);
    expectSame(observedLikelihood(sentence.map((word) => (rng.uniform() < 0.6 ? MASK : word))));
    for (const embeddings of [
      simplexEmbeddings(1),
      Float64Array.from({ length: V * 3 }, () => rng.normal()),
    ]) {
      const d = embeddings.length / V;
      const x = Float64Array.from(
        { length: L * d },
        (_, k) => 0.6 * embeddings[sentence[Math.floor(k / d)]! * d + (k % d)]! + 0.8 * rng.normal(),
      );
      expectSame(gaussianLikelihood(x, embeddings, 0.6, 0.8));
    }
  });

  test('draws whole sentences, as often as they are probable', () => {
    const like = observedLikelihood(sentenceOf('the [M] near [M] [M] sleeps'));
    const found = posterior(LANGUAGE, like);
    const counts = new Float64Array(L * V);
    const n = 4000;
    for (let k = 0; k < n; k++) {
      const drawn = found.sample(rng);
      expect(bitsOf(LANGUAGE, drawn)).toBeLessThan(Infinity);
      for (let i = 0; i < L; i++) counts[i * V + drawn[i]!]! += 1 / n;
    }
    const worst = counts.reduce((most, p, k) => Math.max(most, Math.abs(p - found.marginals[k]!)), 0);
    expect(worst).toBeLessThan(0.03);
  });

  test('says when nothing fits', () => {
    const found = posterior(LANGUAGE, observedLikelihood(sentenceOf('a cats sleep')));
    expect(found.logEvidence).toBe(-Infinity);
    expect(() => found.sample(rng)).toThrow(/No sentence of the language/);
  });
});

describe('controls', () => {
  const everything = new Float64Array(L * V).fill(1);
  const cases: readonly Asked[] = [
    ...ATTRIBUTE_IDS.flatMap((id) => ATTRIBUTES[id].values.map((value) => ({ [id]: value }))),
    { number: 'plural', near: 'with' },
    { number: 'singular', near: 'with', length: 'middle', object: 'none' },
  ];

  test.each(cases)(
    '%o: p(y), H(w | y) and the sentences that have it are those of the enumeration',
    (asked) => {
      const has = all.sequences.map((sentence) => fulfils(asked, sentence));
      const p = all.probabilities.map((value, n) => (has[n] ? value : 0));
      const exact = p.reduce((sum, value) => sum + value, 0);
      const automaton = controlled(asked);
      const found = posterior(automaton, everything);
      expect(Math.exp(found.logEvidence)).toBeCloseTo(exact, 12);
      for (let k = 0; k < 20; k++) expect(fulfils(asked, found.sample(rng))).toBe(true);
      const { share, entropy } = askedFacts(asked);
      expect(share).toBeCloseTo(exact, 12);
      expect(entropy).toBeCloseTo(
        p.reduce((sum, value) => (value > 0 ? sum - (value / exact) * Math.log2(value / exact) : sum), 0),
        10,
      );
      const marginals = new Float64Array(L * V);
      all.sequences.forEach((sentence, n) => {
        for (let i = 0; i < L; i++) marginals[i * V + sentence[i]!]! += p[n]! / exact;
      });
      for (const [k, value] of found.marginals.entries()) expect(value).toBeCloseTo(marginals[k]!, 12);
    },
  );

  test('every sentence has one value of each attribute, and none that no sentence has', () => {
    for (const attribute of Object.values(ATTRIBUTES)) {
      const values = new Set(all.sequences.map((sentence) => attributeValue(attribute, sentence)));
      expect([...values].sort()).toEqual([...attribute.values.keys()]);
    }
  });

  test('what cannot be has probability zero', () => {
    const asked = { near: 'with', length: 'short', object: 'cats' };
    expect(askedFacts(asked).share).toBe(0);
    expect(posterior(controlled(asked), everything).logEvidence).toBe(-Infinity);
  });

  test('no true sentence has an error of agreement', () => {
    expect(all.sequences.some(hasAgreementError)).toBe(false);
    expect(hasAgreementError(sentenceOf('the cat near the big dogs see cats'))).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import {
  descendants,
  edited,
  editPosterior,
  editProbability,
  equilibrium,
} from '../../../src/core/words/birthDeath.ts';
import { editBridge } from '../../../src/core/words/editBridge.ts';
import { editDistance, editsBetween, leastRisk } from '../../../src/core/words/editDistance.ts';
import { drawSentence, lengthOf, sentenceOf, textOf } from '../../../src/core/words/language.ts';
import { languageFacts } from '../../../src/core/words/statistics.ts';

const rates = { birth: 0.6, death: 1, replacement: 0.5 };
const strip = (sentence: Int32Array) => Array.from(sentence.subarray(0, lengthOf(sentence)));

/** p(length after t | words before), exact: the lengths of the pieces add up. */
function lengthsAfter(words: number, t: number, most: number): number[] {
  const { survives, dies, edge } = descendants(rates, t);
  let row = Array.from({ length: most }, (_, n) => edge(n));
  for (let k = 0; k < words; k++)
    row = row.map((_, j) =>
      row.slice(0, j + 1).reduce((sum, p, i) => sum + p * (survives(j - i) + dies(j - i)), 0),
    );
  return row;
}

describe('birth and death of words', () => {
  test('three words have the lengths of the design after t = 0.7, exact and simulated', () => {
    const exact = [0.065, 0.195, 0.261, 0.217, 0.136, 0.071, 0.033, 0.014];
    const found = lengthsAfter(3, 0.7, 8);
    exact.forEach((p, n) => {
      expect(Math.abs(found[n]! - p)).toBeLessThan(0.0006);
    });
    const rng = createRng(1);
    const counts = new Array<number>(60).fill(0);
    for (let k = 0; k < 20000; k++) counts[edited([3, 4, 5], rates, 0.7, rng).length]! += 1 / 20000;
    exact.forEach((p, n) => {
      expect(Math.abs(counts[n]! - p)).toBeLessThan(0.012);
    });
  });

  test('obeys Chapman–Kolmogorov: 0.3 and then 0.5 are 0.8', () => {
    const twice = new Array<number>(40).fill(0);
    lengthsAfter(3, 0.3, 40).forEach((p, n) => {
      lengthsAfter(n, 0.5, 40).forEach((q, m) => {
        twice[m]! += p * q;
      });
    });
    lengthsAfter(3, 0.8, 10).forEach((p, n) => {
      expect(twice[n]).toBeCloseTo(p, 8);
    });
  });

  test('survives as a word does, and forgets down to the equilibrium', () => {
    const { survives, dies, edge } = descendants(rates, 0.7);
    const sum = (f: (n: number) => number) =>
      Array.from({ length: 200 }, (_, n) => f(n)).reduce((a, b) => a + b);
    expect(sum(survives)).toBeCloseTo(Math.exp(-0.7), 12);
    expect(sum(dies)).toBeCloseTo(1 - Math.exp(-0.7), 12);
    expect(sum(edge)).toBeCloseTo(1, 12);
    lengthsAfter(3, 60, 6).forEach((p, n) => {
      expect(p).toBeCloseTo(0.4 * 0.6 ** n, 8);
    });
    const rng = createRng(2);
    let empty = 0;
    for (let k = 0; k < 4000; k++) if (equilibrium(rates, rng).length === 0) empty += 1 / 4000;
    expect(empty).toBeCloseTo(0.4, 1);
  });

  test('its posterior over the language is that of all 15 000 sentences', () => {
    const rng = createRng(3);
    const { sentences, probabilities } = languageFacts();
    for (const text of ['the cat big sees dogs', 'sleep']) {
      const xt = strip(sentenceOf(text));
      const t = 0.4;
      let evidence = 0;
      const joint = sentences.map((sentence, n) => {
        const p = probabilities[n]! * editProbability(strip(sentence), xt, rates, t);
        evidence += p;
        return p;
      });
      const found = editPosterior(xt, rates, t);
      expect(found.logEvidence).toBeCloseTo(Math.log(evidence), 10);
      const most = joint.indexOf(Math.max(...joint));
      const n = 1500;
      let hits = 0;
      for (let k = 0; k < n; k++) if (textOf(found.sample(rng)) === textOf(sentences[most]!)) hits += 1 / n;
      expect(Math.abs(hits - joint[most]! / evidence)).toBeLessThan(0.05);
    }
  });

  test('corrupting a draw of the posterior keeps the marginals: lengths of true sentences come back', () => {
    const rng = createRng(4);
    const n = 800;
    let before = 0;
    let after = 0;
    for (let k = 0; k < n; k++) {
      const x0 = drawSentence(rng);
      before += lengthOf(x0) / n;
      after += lengthOf(editPosterior(edited(strip(x0), rates, 0.8, rng), rates, 0.8).sample(rng)) / n;
    }
    expect(Math.abs(after - before)).toBeLessThan(0.2);
  });
});

describe('between two strings', () => {
  const pairs = [
    [[3], [3, 5]],
    [
      [2, 3, 7],
      [2, 12, 5, 7],
    ],
    [[1, 3], []],
    [[], [5]],
  ] as const;

  test.each(pairs)('%o to %o: obeys Chapman–Kolmogorov at every s', (x0, xt) => {
    const exact = Math.log(editProbability(x0, xt, rates, 0.9));
    for (const s of [0.01, 0.3, 0.85])
      expect(editBridge(x0, xt, rates, s, 0.9).logEvidence).toBeCloseTo(exact, 10);
  });

  test('strings between are drawn as often as Bayes’ rule says', () => {
    const [x0, xt, s, t] = [[3, 7], [3, 5], 0.3, 0.8] as const;
    const total = editProbability(x0, xt, rates, t);
    const { sample } = editBridge(x0, xt, rates, s, t);
    const rng = createRng(6);
    const n = 20000;
    const counts = new Map<string, number>();
    for (let k = 0; k < n; k++) {
      const text = sample(rng).join(' ');
      counts.set(text, (counts.get(text) ?? 0) + 1 / n);
    }
    for (const between of [[3, 7], [3, 5], [3], [3, 5, 7], [3, 7, 5], [5], [2, 5], [3, 2]]) {
      const p = (editProbability(x0, between, rates, s) * editProbability(between, xt, rates, t - s)) / total;
      const error = Math.sqrt((p * (1 - p)) / n);
      expect(Math.abs((counts.get(between.join(' ')) ?? 0) - p)).toBeLessThan(4 * error);
    }
  });
});

describe('edits', () => {
  const a = strip(sentenceOf('the small cat sees dogs'));
  const b = strip(sentenceOf('the cat sees a dog'));

  test('are counted and named', () => {
    expect(editDistance(a, b)).toBe(3);
    expect(editDistance(a, a)).toBe(0);
    const edits = editsBetween(a, b);
    expect(edits.filter(({ edit }) => edit !== 'keep')).toHaveLength(3);
    expect(edits.flatMap(({ after }) => after ?? [])).toEqual(b);
    expect(edits.flatMap(({ before }) => before ?? [])).toEqual(a);
  });

  test('the candidate of least risk is the one most like the others', () => {
    expect(leastRisk([b, a, a])).toBe(a);
  });
});

import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { noised, reverseStep, stepPosteriors, wordBound } from '../../../src/core/words/d3pm.ts';
import { drawSentence, L, LANGUAGE, V } from '../../../src/core/words/language.ts';
import { categoricalLikelihood } from '../../../src/core/words/likelihood.ts';
import { WORD_NOISES, type WordNoise, wordNoise } from '../../../src/core/words/noise.ts';
import { posterior } from '../../../src/core/words/posterior.ts';
import { languageFacts } from '../../../src/core/words/statistics.ts';

const exactly = (noise: WordNoise) => (batch: readonly Int32Array[], t: number) => {
  const out = new Float64Array(batch.length * L * V);
  batch.forEach((xt, k) => {
    out.set(posterior(LANGUAGE, categoricalLikelihood(xt, noise.upTo(t), noise.K)).marginals, k * L * V);
  });
  return out;
};

const sentences = (n: number, seed: number) => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => drawSentence(rng));
};

describe.each(WORD_NOISES)('%s noise', (id) => {
  const noise = wordNoise(id, 10);

  test('has stochastic steps whose product forgets the word', () => {
    for (let t = 1; t <= noise.T; t++) {
      for (let i = 0; i < noise.K; i++) {
        const row = noise.step(t).subarray(i * noise.K, (i + 1) * noise.K);
        expect(row.reduce((sum, value) => sum + value)).toBeCloseTo(1, 9);
        expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      }
    }
    for (let v = 0; v < V; v++)
      for (let j = 0; j < noise.K; j++)
        expect(Math.abs(noise.upTo(10)[v * noise.K + j]! - noise.prior[j]!)).toBeLessThan(0.02);
  });

  test('steps back to the marginal before, on average over the exact posterior', () => {
    // Σ_xt q(x_t)·Σ_v q(x_{t−1}|x_t,v) p(v|x_t) = q(x_{t−1}), for one position.
    const p0 = languageFacts().byPosition.subarray(2 * V, 3 * V);
    const at = (t: number, j: number) =>
      p0.reduce((sum, p, v) => sum + p * noise.upTo(t)[v * noise.K + j]!, 0);
    for (const t of [1, 4, 10]) {
      const before = new Float64Array(noise.K);
      for (let xt = 0; xt < noise.K; xt++) {
        const qt = at(t, xt);
        if (qt < 1e-12) continue;
        const p = p0.map((value, v) => (value * noise.upTo(t)[v * noise.K + xt]!) / qt);
        reverseStep(stepPosteriors(noise, t)[xt]!, p, 0, noise.K).forEach((share, j) => {
          before[j]! += qt * share;
        });
      }
      before.forEach((value, j) => {
        expect(value).toBeCloseTo(at(t - 1, j), 10);
      });
    }
  });
});

describe('the bound of the exact denoiser, whose words are drawn independently', () => {
  test.each([
    [1, 21.66],
    [2, 15.13],
    [4, 12.56],
    [6, 11.57],
    [12, 10.95],
  ])('absorbing, T = %i: %f bits', (T, bits) => {
    const noise = wordNoise('absorbing', T);
    const found = wordBound(noise, exactly(noise), sentences(500, T), createRng(100 + T));
    // The design estimated to about 0.05 (21.66 where 21.56 is exact), this test to its standard error.
    expect(Math.abs(found.bits - bits)).toBeLessThan(0.16 + 2 * found.error);
    expect(found.byStep.reduce((sum, value) => sum + value)).toBeCloseTo(found.bits, 9);
  });

  test('with one step is the sum of the unigram entropies', () => {
    const noise = wordNoise('absorbing', 1);
    const { sentences: all, probabilities, byPosition } = languageFacts();
    let bits = 0;
    all.forEach((x0, n) => {
      for (let i = 0; i < L; i++) bits -= probabilities[n]! * Math.log2(byPosition[i * V + x0[i]!]!);
    });
    expect(bits).toBeCloseTo(21.56, 2);
    expect(noise.upTo(1)[V]).toBe(1);
  });

  test('comes down to the entropy with more steps, for every noise', () => {
    for (const id of ['uniform', 'neighbours'] as const) {
      const [few, many] = [4, 24].map((T) => {
        const noise = wordNoise(id, T);
        return wordBound(noise, exactly(noise), sentences(150, 5), createRng(50)).bits;
      });
      expect(many!).toBeLessThan(few!);
      expect(many!).toBeGreaterThan(9.7);
      expect(many!).toBeLessThan(13);
    }
  });
});

test('noise keeps the words that it does not mask', () => {
  const rng = createRng(8);
  const noise = wordNoise('absorbing', 10);
  const x0 = drawSentence(rng);
  const counts = [3, 10].map((t) => {
    let masked = 0;
    for (let k = 0; k < 400; k++) {
      noised(noise, x0, t, rng).forEach((word, i) => {
        if (word === V) masked += 1;
        else expect(word).toBe(x0[i]);
      });
    }
    return masked / 400 / L;
  });
  expect(counts[0]).toBeCloseTo(0.3, 1);
  expect(counts[1]).toBe(1);
});

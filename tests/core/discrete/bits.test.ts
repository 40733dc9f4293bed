import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discreteBetas } from '../../../src/core/discrete/betas.ts';
import {
  BITS,
  bitChain,
  bitPosteriors,
  exactBits,
  HEARTBEAT,
  noisedBits,
  type Patterns,
  patternPosterior,
  perturbed,
  reweighted,
} from '../../../src/core/discrete/bits.ts';
import {
  boundOfKls,
  isSummed,
  nullBound,
  perfectKls,
  trueLogLikelihood,
} from '../../../src/core/discrete/bitsBound.ts';
import { createRng } from '../../../src/core/rng.ts';

const perfectK = (T: number, patterns: Patterns = HEARTBEAT) => {
  const chain = bitChain(discreteBetas('jsd', T));
  return boundOfKls(chain, [...perfectKls(patterns, chain, createRng(1))]);
};

describe('the heartbeat of 2015', () => {
  it.each([
    [10, -8.583],
    [20, -5.953],
    [50, -4.038],
    [200, -2.851],
    [1000, -2.451],
  ])(
    'has K of the perfect factorised reverse process at T = %i: %f bits',
    (T, K) => {
      expect(Math.abs(perfectK(T) - K)).toBeLessThan(0.001);
    },
    60_000,
  );

  it('has the truth −log₂ 5, and a null bound that makes the paper’s −2.414 its 12.024', () => {
    expect(trueLogLikelihood(HEARTBEAT)).toBeCloseTo(-2.3219, 4);
    expect(Math.abs(-2.414 - nullBound(HEARTBEAT) - 12.024)).toBeLessThan(0.001);
  });
});

describe('the exact posterior', () => {
  const patterns: Patterns = [0b1011, 0b0001, 0b1111].map((word) =>
    Uint8Array.from({ length: BITS }, (_, i) => (i < 4 ? (word >> i) & 1 : i % 2)),
  );

  it('is Bayes by enumeration of the noised bits that differ', () => {
    const kept = 0.4;
    let total = 0;
    for (let word = 0; word < 16; word++) {
      const x = Uint8Array.from({ length: BITS }, (_, i) => (i < 4 ? (word >> i) & 1 : i % 2));
      const likelihood = patterns.map((pattern) =>
        pattern.reduce((p, bit, i) => p * (i < 4 ? (bit === x[i] ? 0.7 : 0.3) : 1), 1),
      );
      const evidence = likelihood.reduce((a, b) => a + b, 0);
      total += evidence / 3;
      for (const [p, value] of patternPosterior(patterns, kept, x).entries()) {
        expect(value).toBeCloseTo(likelihood[p]! / evidence, 12);
      }
    }
    expect(total).toBeCloseTo(1, 12);
  });

  it('makes a chain: what x_t says of x_{t−1}, averaged, is the noised data again', () => {
    const chain = bitChain(discreteBetas('jsd', 6));
    const [a, b] = [0.9, 0.1]; // P(x_0 = 1) of two kinds of bits
    for (const w of [a, b]) {
      for (let t = 1; t <= 6; t++) {
        const noised = (kept: number) => 0.5 + kept * (w - 0.5);
        let mean = 0;
        for (const xt of [0, 1]) {
          for (const x0 of [0, 1]) {
            const same = (1 + chain.kept[t]!) / 2;
            const joint = (x0 ? w : 1 - w) * (xt === x0 ? same : 1 - same);
            if (joint > 0) mean += joint * bitPosteriors(chain, t - 1, t)[2 * xt + x0]!;
          }
        }
        expect(mean).toBeCloseTo(noised(chain.kept[t - 1]!), 12);
      }
    }
  });

  it('averages to the data', () => {
    const rng = createRng(4);
    const mean = new Float64Array(BITS);
    const w = new Float64Array(BITS);
    for (let k = 0; k < 6000; k++) {
      const x = noisedBits(HEARTBEAT[k % 5]!, 0.3, rng);
      exactBits(HEARTBEAT, patternPosterior(HEARTBEAT, 0.3, x), w);
      for (let i = 0; i < BITS; i++) mean[i]! += w[i]! / 6000;
    }
    for (const value of mean) expect(Math.abs(value - 0.2)).toBeLessThan(0.02);
  });
});

describe('the bound', () => {
  it('is below the truth, and rises to it with T', () => {
    const Ks = [10, 20, 50, 100].map((T) => perfectK(T));
    for (let k = 1; k < Ks.length; k++) expect(Ks[k]).toBeGreaterThan(Ks[k - 1]!);
    expect(Ks.at(-1)).toBeLessThan(trueLogLikelihood(HEARTBEAT));
  });

  it('is the truth itself for one pattern, less what the first step hides', () => {
    expect(perfectK(10, [HEARTBEAT[0]!])).toBeCloseTo(-BITS * 0.286397, 3);
  });

  it('is drawn where patterns are too different to sum over, near the same', () => {
    const rng = createRng(9);
    const patterns = Array.from({ length: 8 }, () => Uint8Array.from({ length: BITS }, () => rng.integer(2)));
    expect(isSummed(HEARTBEAT)).toBe(true);
    expect(isSummed(patterns)).toBe(false);
    const K = perfectK(50, patterns);
    expect(K).toBeLessThan(-3);
    expect(K).toBeGreaterThan(-6);
  });
});

describe('r(x)', () => {
  it('weighs the phases anew, exactly', () => {
    const weights = reweighted(HEARTBEAT, { bits: [0, 5], certainty: 0.9 })!;
    const [on, off] = [0.81, 0.01];
    expect(weights[0]).toBeCloseTo(on / (on + 4 * off), 12);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(reweighted(HEARTBEAT, { bits: [0, 1], certainty: 1 })).toBeNull();
  });

  it('perturbs a Bernoulli: no change at c = ½, certain at c = 1', () => {
    expect(perturbed(0.3, 0.5)).toBeCloseTo(0.3, 12);
    expect(perturbed(0.3, 1)).toBe(1);
    expect(perturbed(0, 0.9)).toBe(0);
  });
});

describe('the golden values of binomial diffusion', () => {
  const { cases } = JSON.parse(readFileSync(new URL('../../golden/discrete.json', import.meta.url), 'utf8'));
  const { values } = cases.find(({ id }: { id: string }) => id === 'binomial_L4_T6');
  const chain = bitChain(discreteBetas('jsd', 6));

  it('are met by β_t and what is kept', () => {
    for (const [i, beta] of values.beta_t_for_t_1_to_T.entries())
      expect(chain.betas[i]).toBeCloseTo(beta, 12);
    for (const [t, tilde] of values.beta_tilde_t_for_t_0_to_T.entries()) {
      expect(1 - chain.kept[t]!).toBeCloseTo(tilde, 12);
    }
    for (const [i, pair] of values.q_step_prob_of_1_given_x0_for_t_1_to_T.entries()) {
      for (const [x0, p] of pair.entries()) {
        expect(0.5 + chain.kept[i + 1]! * (x0 - 0.5)).toBeCloseTo(p, 12);
      }
    }
  });

  it('are met by the posterior of every bit', () => {
    for (const [k, posteriors] of values.posterior_prob_of_1.entries()) {
      const q = bitPosteriors(chain, k, k + 1);
      for (const [row, bits] of posteriors.entries()) {
        for (const [i, p] of bits.entries()) {
          expect(q[2 * values.x_t[k][row][i] + values.x_0[row][i]]!).toBeCloseTo(p, 12);
        }
      }
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { datasets } from '../../../src/core/datasets/index.ts';
import { discreteBetas } from '../../../src/core/discrete/betas.ts';
import {
  CELLS,
  cellShares,
  entropyBits,
  exactCoordinates,
  keptInformation,
  noisedTable,
  tableBound,
} from '../../../src/core/discrete/grid.ts';
import {
  absorbingMatrix,
  identity,
  letterChain,
  letterPosterior,
  MATRICES,
  type Matrix,
  type MatrixId,
  type MatrixScheduleId,
  multiply,
  neighbourMatrix,
  printedReverse,
  reverseLetter,
  uniformMatrix,
} from '../../../src/core/discrete/matrices.ts';
import { matchedVariances, reflectedGaussian } from '../../../src/core/discrete/reflected.ts';

const { cases } = JSON.parse(readFileSync(new URL('../../golden/discrete.json', import.meta.url), 'utf8'));
const golden = (id: string) => cases.find((one: { id: string }) => one.id === id).values;
const near = (actual: ArrayLike<number>, expected: number[], within: number) => {
  for (const [k, value] of expected.entries()) expect(Math.abs(actual[k]! - value)).toBeLessThan(within);
};

const D3PM = [
  { id: 'd3pm_uniform_cosine_K4_T6', n: 4, schedule: 'cosine', Q: (beta: number) => uniformMatrix(4, beta) },
  { id: 'd3pm_absorbing_jsd_K3_T6', n: 3, schedule: 'jsd', Q: (beta: number) => absorbingMatrix(3, beta, 1) },
] as const;

describe.each(D3PM)('the golden values of $id', ({ id, n, schedule, Q: matrixOf }) => {
  const values = golden(id);
  const betas = discreteBetas(schedule, 6);
  const Q = Array.from(betas, matrixOf);
  const Qbar: Matrix[] = [identity(n)];
  for (const matrix of Q) Qbar.push(multiply(Qbar.at(-1)!, matrix, n));
  const chain = { T: 6, n, Q, Qbar, prior: new Float64Array(n), absorbing: null };

  it('are met by β_t, Q_t and Q̄_t', () => {
    near(betas, values.betas, 1e-12);
    for (let t = 1; t <= 6; t++) {
      near(Q[t - 1]!, values.q_onestep[t - 1].flat(), 1e-12);
      near(Qbar[t]!, values.q_cumulative[t - 1].flat(), 1e-12);
    }
  });

  it('are met by posteriors, reverse steps and bound terms, but for the 1e-6 that the reference adds in its logarithms', () => {
    for (let t = 2; t <= 6; t++) {
      for (let xt = 0; xt < n; xt++) {
        const logits: number[] = values.model_xstart_logits_by_xt[xt];
        const odds = logits.map(Math.exp);
        const w = odds.map((value) => value / odds.reduce((a, b) => a + b, 0));
        const reverse = printedReverse(chain, t, xt, w);
        for (let x0 = 0; x0 < n; x0++) {
          if (Qbar[t]![x0 * n + xt]! < 0.01) continue; // the pair is next to impossible: 1e-6 decides
          const q = letterPosterior(chain, t, xt, x0);
          near(q, values.posterior_xt_xstart[t - 1][xt][x0], 5e-4);
          if (Qbar[t]!.filter((_, k) => k % n === xt).some((p) => p < 0.01)) continue;
          near(reverse, values.p_xprev_given_xt[t - 1][xt], 5e-4);
          const kl = q.reduce((sum, p, s) => sum + (p > 0 ? p * Math.log2(p / reverse[s]!) : 0), 0);
          expect(Math.abs(kl - values.vb_bits_xt_xstart[t - 1][xt][x0])).toBeLessThan(2e-3);
        }
      }
    }
  });
});

it('the golden values of multinomial diffusion are met by the uniform matrix with its α', () => {
  const { alphas, alphas_cumprod: cumulative, rows } = golden('multinomial_cosine_K3_T6');
  for (const [k, row] of rows.entries()) {
    near(uniformMatrix(3, 1 - alphas[k]), row.q_one_step_from_class.flat(), 1e-12);
    const Qbar = uniformMatrix(3, 1 - cumulative[k]);
    near(Qbar, row.q_from_start_class.flat(), 1e-12);
    if (k === 0) continue;
    const before = uniformMatrix(3, 1 - cumulative[k - 1]);
    const Q = Array.from({ length: k + 1 }, () => uniformMatrix(3, 1 - alphas[k]));
    const chain = {
      T: k + 1,
      n: 3,
      Q,
      Qbar: [...Array.from({ length: k + 1 }, () => before), Qbar],
      prior: new Float64Array(3),
      absorbing: null,
    };
    for (let xt = 0; xt < 3; xt++) {
      for (let x0 = 0; x0 < 3; x0++)
        near(letterPosterior(chain, k + 1, xt, x0), row.posterior_xt_xstart[xt][x0], 1e-9);
    }
  }
});

/** Noise of 0.1, half of the page's own: that of the figures below. */
const roll = cellShares(datasets.get('swiss-roll'), 0.5);
const chainOf = (matrix: MatrixId, schedule: MatrixScheduleId, T: number) => {
  const n = matrix === 'absorbing' ? CELLS + 1 : CELLS;
  return letterChain({
    matrix,
    schedule,
    T,
    values: CELLS,
    information: (Qbar) => keptInformation(roll, Qbar, n),
  });
};
const drained = <T>(job: Generator<void, T>): T => {
  for (;;) {
    const { done, value } = job.next();
    if (done) return value;
  }
};

describe('every matrix', () => {
  it.each(MATRICES)('%s is stochastic, makes Q̄ its product, and ends in its prior', (matrix) => {
    const chain = chainOf(matrix, matrix === 'gaussian' ? 'linear' : 'jsd', 20);
    const { n } = chain;
    for (const Q of [...chain.Q, ...chain.Qbar]) {
      for (let i = 0; i < n; i++) {
        expect(Q.subarray(i * n, (i + 1) * n).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }
    }
    for (let t = 1; t <= 20; t++) {
      const product = multiply(chain.Qbar[t - 1]!, chain.Q[t - 1]!, n);
      near(product, Array.from(chain.Qbar[t]!), 1e-9);
    }
    for (let i = 0; i < CELLS; i++)
      near(chain.Qbar[20]!.subarray(i * n, (i + 1) * n), Array.from(chain.prior), 0.01);
  });

  it('of neighbours is the exponential of its walk', () => {
    const n = 5;
    const R = identity(n).map((_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      if (Math.abs(i - j) === 1) return 1;
      return i === j ? -((i > 0 ? 1 : 0) + (i < n - 1 ? 1 : 0)) : 0;
    });
    let term: Matrix = identity(n);
    const sum = identity(n);
    for (let k = 1; k < 40; k++) {
      term = multiply(term, R, n).map((value) => (value * 0.7) / k);
      for (let i = 0; i < n * n; i++) sum[i]! += term[i]!;
    }
    near(neighbourMatrix(n, 0.7), Array.from(sum), 1e-12);
  });

  it.each(['uniform', 'absorbing', 'neighbour'] as const)(
    '%s loses information evenly by its schedule',
    (matrix) => {
      const { Qbar, n, T } = chainOf(matrix, 'mutual-information', 10);
      const end = keptInformation(roll, Qbar[T]!, n);
      for (let t = 0; t <= T; t++) {
        expect(Math.abs(keptInformation(roll, Qbar[t]!, n) - (end + (1 - end) * (1 - t / T)))).toBeLessThan(
          0.005,
        );
      }
    },
  );
});

describe('the Swiss roll as 32 × 32 cells', () => {
  it('has an entropy of 7.642 bits, and coordinates of 8.997 together', () => {
    expect(Math.abs(entropyBits(roll) - 7.642)).toBeLessThan(0.01);
    const sums = [0, 1].map((axis) => {
      const marginal = new Float64Array(CELLS);
      for (const [k, p] of roll.entries()) marginal[axis === 0 ? Math.floor(k / CELLS) : k % CELLS]! += p;
      return entropyBits(marginal);
    });
    expect(Math.abs(sums[0]! + sums[1]! - 8.997)).toBeLessThan(0.01);
  });

  it.each([
    ['absorbing', 'jsd', [7.778, 7.669, 7.649]],
    ['uniform', 'cosine', [7.819, 7.678, 7.651]],
    ['gaussian', 'linear', [8.295, 7.902, 7.718]],
  ] as const)(
    '%s by %s: what the best factorised network pays at T = 10, 50, 200',
    (matrix, schedule, expected) => {
      for (const [k, T] of [10, 50, 200].entries()) {
        const { bits } = drained(tableBound(roll, chainOf(matrix, schedule, T), true));
        expect(Math.abs(bits - expected[k]!), `T = ${T}: ${bits}`).toBeLessThan(0.01);
      }
    },
    60_000,
  );

  it('costs one variable of 1 024 nothing but what x_T still tells', () => {
    const { bits, prior } = drained(tableBound(roll, chainOf('uniform', 'cosine', 20), false));
    const qT = noisedTable(roll, chainOf('uniform', 'cosine', 20).Qbar[20]!, CELLS);
    const left = entropyBits(roll) + 10 - entropyBits(qT);
    expect(bits).toBeCloseTo(left, 9);
    expect(prior).toBeGreaterThan(0);
  });

  it.each(['jsd', 'cosine', 'linear', 'mutual-information'] as const)(
    'ends in masks alone by every schedule of the absorbing matrix (%s), so that x_T tells nothing',
    (schedule) => {
      const { bits, prior } = drained(tableBound(roll, chainOf('absorbing', schedule, 12), false));
      expect(prior).toBeCloseTo(0, 9);
      expect(bits).toBeCloseTo(entropyBits(roll), 6);
    },
  );

  it('has answers that average to the data', () => {
    const { Qbar, n } = chainOf('absorbing', 'jsd', 10);
    const qt = noisedTable(roll, Qbar[6]!, n);
    const mean = new Float64Array(2 * CELLS);
    const w = new Float64Array(2 * CELLS);
    for (let u = 0; u < n; u++) {
      for (let v = 0; v < n; v++) {
        exactCoordinates(roll, Qbar[6]!, n, u, v, w);
        for (let k = 0; k < 2 * CELLS; k++) mean[k]! += qt[u * n + v]! * w[k]!;
      }
    }
    for (let i = 0; i < CELLS; i++) {
      expect(mean[i]).toBeCloseTo(
        roll.subarray(i * CELLS, (i + 1) * CELLS).reduce((a, b) => a + b, 0),
        10,
      );
    }
  });
});

describe('the continuous counterpart', () => {
  it('reflected Gaussian noise loses nothing, is symmetric, and is the Gaussian where the ends are far', () => {
    const side = 40;
    for (const variance of [0, 0.4, 9, 900]) {
      const K = reflectedGaussian(side, variance);
      for (let i = 0; i < side; i++) {
        expect(K.subarray(i * side, (i + 1) * side).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        for (let j = 0; j < side; j++) expect(K[i * side + j]!).toBeCloseTo(K[j * side + i]!, 12);
      }
    }
    const row = reflectedGaussian(side, 4).subarray(20 * side, 21 * side);
    const middle = row.reduce((sum, p, j) => sum + p * (j - 20), 0);
    expect(middle).toBeCloseTo(0, 9);
    // Pieces of width 1 add 1/12.
    expect(row.reduce((sum, p, j) => sum + p * (j - 20) ** 2, 0)).toBeCloseTo(4 + 1 / 12, 6);
  });

  it('is what Gaussian hops come to: the tables differ by little, and by less with more steps', () => {
    const q0 = cellShares(datasets.get('swiss-roll'), 0.5);
    const fine = cellShares(datasets.get('swiss-roll'), 0.5, 3 * CELLS);
    const furthest = (T: number) => {
      const chain = letterChain({ matrix: 'gaussian', schedule: 'linear', T, values: CELLS });
      const variances = matchedVariances(chain);
      return Math.max(
        ...[0.3, 0.6, 1].map((share) => {
          const t = Math.round(share * T);
          const left = noisedTable(q0, chain.Qbar[t]!, CELLS);
          const table = noisedTable(
            fine,
            reflectedGaussian(3 * CELLS, 9 * variances[t]!),
            3 * CELLS,
            3 * CELLS,
          );
          for (const [k, p] of table.entries()) {
            const [i, j] = [Math.floor(Math.floor(k / (3 * CELLS)) / 3), Math.floor((k % (3 * CELLS)) / 3)];
            left[i * CELLS + j]! -= p;
          }
          return left.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
        }),
      );
    };
    const [few, many] = [furthest(10), furthest(200)];
    expect(many).toBeLessThan(few);
    expect(many).toBeLessThan(0.05);
  });
});

it('steps of Gaussian matrices are numbers from wherever x_t may be, also where x_0 is all but out of reach', () => {
  const chain = letterChain({ matrix: 'gaussian', schedule: 'linear', T: 200, values: CELLS });
  const w = new Float64Array(CELLS).fill(1 / CELLS);
  for (let t = 1; t <= 200; t++)
    for (let u = 0; u < CELLS; u++) {
      const sum = reverseLetter(chain, t, u, w).reduce((a, b) => a + b, 0);
      if (!(Math.abs(sum - 1) < 1e-9)) expect.fail(`Σ p(x_{t−1} | x_t = ${u}) is ${sum} at t = ${t}`);
    }
});

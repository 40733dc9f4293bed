import { describe, expect, it } from 'vitest';
import { datasets } from '../../../src/core/datasets/index.ts';
import { cellShares, keptInformation } from '../../../src/core/discrete/grid.ts';
import { letterChain, MATRICES } from '../../../src/core/discrete/matrices.ts';
import { createRng } from '../../../src/core/rng.ts';
import { categoriesLearner } from '../../../src/worlds/categories/learn.ts';
import { timeDraws } from '../../../src/worlds/categories/learning/draws.ts';
import type { CellFrames, TableGap } from '../../../src/worlds/categories/recordings.ts';
import { type CategoriesSettings, categories } from '../../../src/worlds/categories/world.ts';
import { changedSettings, defaultSettings } from '../../../src/worlds/world.ts';
import { finished } from '../words/training.ts';

const settingsOf = (changes: Partial<CategoriesSettings>) =>
  changedSettings(categories, defaultSettings(categories), changes);

describe.each(['uniform', 'gaussian'] as const)('the %s matrix', (matrix) => {
  it('is learned to within a third of a bit of the best factorised answers, after 500 steps', async () => {
    const settings = settingsOf({ matrix, nChain: 50, budgetSteps: 500 });
    const model = await categoriesLearner.build(settings);
    const gap = () => finished(model.recordings.learnedGap!.make(settings)) as TableGap;
    const before = gap().sum;
    for (let k = 0; k < 500; k++) model.train(settings);
    const { sum, error } = gap();
    expect(sum - 2 * error).toBeLessThan(1 / 3);
    expect(sum).toBeLessThan(before / 3);
    model.dispose();
  });
});

it('a network that knows nothing answers by what the noise says', async () => {
  const settings = settingsOf({ matrix: 'gaussian', nChain: 50 });
  const model = await categoriesLearner.build(settings);
  const { answer } = model.answers.posterior!({ sequence: [4, 20], t: 3, denoiser: 'learned' }, settings) as {
    answer: number[][];
  };
  const { Qbar } = letterChain({ matrix: 'gaussian', schedule: 'linear', T: 50, values: 32 });
  // The columns of a doubly stochastic matrix sum to 1.
  for (const [axis, value] of [4, 20].entries())
    for (let i = 0; i < 32; i++) expect(answer[axis]![i]!).toBeCloseTo(Qbar[3]![i * 32 + value]!, 5);
  model.dispose();
});

it('times are drawn a quarter evenly, the rest by the information that they lose, and weighed by one over their chance', () => {
  const q0 = cellShares(datasets.get('swiss-roll'), 0.5);
  const T = 20;
  const chain = letterChain({ matrix: 'gaussian', schedule: 'linear', T, values: 32 });
  const { draw, gain } = timeDraws(q0, chain);
  const shares = Array.from({ length: T }, (_, i) => 1 / gain(i + 1));
  expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  const { Qbar } = chain;
  const kept = Qbar.map((matrix) => keptInformation(q0, matrix, 32));
  shares.forEach((share, i) => {
    const lost = (kept[i]! - kept[i + 1]!) / (kept[0]! - kept[T]!);
    expect(share).toBeCloseTo(0.25 / T + 0.75 * lost, 9);
  });
  expect(shares[0]!).toBeGreaterThan(3 / T);
  const rng = createRng(1);
  const n = 5000;
  let firsts = 0;
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const t = draw(rng);
    if (t === 1) firsts += 1 / n;
    sum += gain(t) / n;
  }
  expect(Math.abs(firsts - shares[0]!)).toBeLessThan(0.03);
  expect(Math.abs(sum - T)).toBeLessThan(1);
});

it('the parts of the bound add up to it, learned too', async () => {
  const settings = settingsOf({ matrix: 'absorbing', schedule: 'jsd', nChain: 12 });
  const model = await categoriesLearner.build(settings);
  for (const denoiser of ['learned', 'factorised', 'exact']) {
    const asked = model.answers.bound!({ denoiser }, settings) as Generator<void, unknown>;
    const { bits, byStep, prior } = finished(asked) as { bits: number; byStep: Float64Array; prior: number };
    expect(byStep).toHaveLength(12);
    expect(byStep.reduce((a, b) => a + b, prior)).toBeCloseTo(bits, 9);
  }
  model.dispose();
});

it('4 000 points are drawn from the joint posterior in a moment: the same cell is asked about once', async () => {
  const settings = settingsOf({ matrix: 'uniform', nChain: 20 });
  const model = await categoriesLearner.build(settings);
  const rows = 4000;
  const asked = model.answers.sample!({ n: rows, steps: 20, denoiser: 'exact' }, settings);
  const { sequences } = finished(asked as Generator<void, unknown>) as { sequences: Int32Array[] };
  const q0 = cellShares(datasets.get(settings.dataset), settings.noise);
  const counts = new Float64Array(q0.length);
  for (const [x, y] of sequences) counts[x! * 32 + y!]! += 1 / rows;
  const variation = q0.reduce((sum, p, k) => sum + Math.abs(p - counts[k]!) / 2, 0);
  // So many true draws scatter by about that much.
  const scatter = q0.reduce((sum, p) => sum + Math.sqrt((p * (1 - p)) / (2 * Math.PI * rows)), 0);
  expect(variation).toBeLessThan(1.15 * scatter);
  model.dispose();
});

it('a cell is two numbers or the text of a sample, and one that x_t cannot be is refused', async () => {
  const settings = settingsOf({ matrix: 'absorbing', schedule: 'jsd', nChain: 12 });
  const model = await categoriesLearner.build(settings);
  const ask = (request: unknown) =>
    (model.answers.posterior!(request, settings) as { answer: number[][] }).answer;
  expect(ask({ sequence: '12 20', t: 5, denoiser: 'factorised' })).toEqual(
    ask({ sequence: [12, 20], t: 5, denoiser: 'factorised' }),
  );
  expect(ask({ sequence: '[M] 20', t: 5, denoiser: 'exact' })).toEqual(
    ask({ sequence: [32, 20], t: 5, denoiser: 'exact' }),
  );
  const { bits } = (model.answers.score!(['14 10', [14, 10]], settings) as { answer: { bits: Float64Array } })
    .answer;
  expect(bits[0]).toBe(bits[1]);
  expect(() => ask({ sequence: '12', t: 5 })).toThrow(/has 1 values/);
  for (const denoiser of ['learned', 'factorised', 'exact'])
    expect(() => ask({ sequence: [10, 20], t: 12, denoiser })).toThrow(/x_t cannot be 10 20 at t = 12/);
  model.dispose();
});

it.each(MATRICES)(
  'what the %s matrix keeps of the data falls from all to nothing, frame by frame',
  async (matrix) => {
    const settings = settingsOf({ matrix, nChain: 50 });
    const model = await categoriesLearner.build(settings);
    const { kept, times } = finished(model.recordings.forward!.make(settings)) as CellFrames;
    expect(kept).toHaveLength(times.length);
    expect(kept![0]).toBeCloseTo(1, 6);
    for (let k = 1; k < kept!.length; k++) expect(kept![k]!).toBeLessThan(kept![k - 1]! + 1e-6);
    expect(kept!.at(-1)!).toBeLessThan(0.02);
    model.dispose();
  },
);

import { describe, expect, it } from 'vitest';
import { describeFigure } from '../../src/charts/figure.ts';
import { levelsFigure } from '../../src/charts/levelsFigure.ts';
import {
  type BoundData,
  type BoundVariance,
  type LikelihoodData,
  likelihoodFigure,
  type VarianceBound,
} from '../../src/charts/likelihoodFigure.ts';

const nSteps = 200;
const near = (mean: number, error = 0.004) => ({ mean, error });

function bound(variance: BoundVariance, excess: number): VarianceBound {
  const terms = (factor: number) =>
    Float32Array.from({ length: nSteps }, (_, k) => (k === 0 ? -2.9 : (factor * 0.8) / k));
  return {
    variance,
    model: { terms: terms(1 + excess), total: near(2 + excess, 0.013) },
    exact: { terms: terms(1), total: near(2) },
  };
}

const data: LikelihoodData = {
  entropy: near(1.92),
  flow: { model: near(1.98, 0.02), exact: near(1.92) },
  terms: { kind: 'bound', prior: 2.2e-5, of: [bound('beta', 0.07), bound('beta-tilde', 0.5)] },
};

describe('the likelihood chart', () => {
  it('shows the terms beside those of the exact answer, and where the difference is', () => {
    const figure = likelihoodFigure(data);
    expect(figure.lines.map(({ name }) => name)).toEqual(['your model', 'exact answer', 'difference', 'L_T']);
    const [model, exact, gap] = figure.lines;
    for (const line of [model!, exact!, gap!]) {
      expect(line.x.length).toBeLessThanOrEqual(400);
      expect(line.x[0]).toBeCloseTo(2 / nSteps);
      expect(line.x.every((t, i) => t <= 1 && (i === 0 || t > line.x[i - 1]!))).toBe(true);
      expect(line.y.every((value) => value > 0)).toBe(true);
    }
    expect(model!.y[0]! - exact!.y[0]!).toBeCloseTo(gap!.y[0]!);
    expect(figure.lines.at(-1)).toMatchObject({ x: [1], y: [2.2e-5], markers: true });
    expect(figure.yLog).toBe(true);
  });

  it('has the bound with the optimal variance beside another', () => {
    const best = bound('optimal', 0.02);
    const with3 = {
      ...data,
      terms: { ...data.terms, of: [...(data.terms as BoundData).of, best] } as BoundData,
    };
    const beside = likelihoodFigure(with3);
    const line = beside.lines.find(({ name }) => name === 'with σ*²')!;
    line.y.forEach((value, i) => void expect(value).toBeLessThan(beside.lines[0]!.y[i]!));
    expect(beside.notes).toContain('With σ*² 2.02');
    const own = likelihoodFigure(with3, 'optimal');
    expect(own.lines.map(({ name }) => name)).not.toContain('with σ*²');
    expect(own.notes![0]).toMatch(/^Bound 2\.02/);
  });

  it('loses nothing in averaging neighbours', () => {
    const line = likelihoodFigure(data).lines[1]!;
    // Each point stands for as many terms as its neighbours are apart.
    let next = 2;
    let sum = 0;
    line.x.forEach((t, i) => {
      const count = Math.round(2 * (t * nSteps - next)) + 1;
      sum += count * line.y[i]!;
      next += count;
    });
    const terms = Array.from({ length: nSteps - 1 }, (_, k) => 0.8 / (k + 1));
    expect(sum).toBeCloseTo(
      terms.reduce((a, b) => a + b),
      4,
    );
    expect(next).toBe(nSteps + 1);
  });

  it('says in words what they come to, for the variance that is chosen', () => {
    expect(likelihoodFigure(data).notes).toEqual([
      'Bound 2.07 ± 0.01; exact 2.00',
      'Probability flow 1.98 ± 0.02; exact 1.92',
      'Entropy 1.92 (data units)',
      'L₀ −2.90, L_T 2·10⁻⁵',
    ]);
    expect(likelihoodFigure(data, 'beta-tilde').notes?.[0]).toBe('Bound 2.50 ± 0.01; exact 2.00');
    expect(describeFigure(likelihoodFigure(data))).toContain(
      'Bound 2.07 ± 0.01; exact 2.00. Probability flow',
    );
  });

  it('says what a learned variance gains', () => {
    const of = [bound('learned', 0.05), bound('beta', 0.07), bound('beta-tilde', 0.5)];
    const learned: LikelihoodData = { ...data, terms: { kind: 'bound', prior: 1e-9, of } };
    const figure = likelihoodFigure(learned);
    expect(figure.notes?.[1]).toBe('With β 2.07, with β̃ 2.50');
    expect(figure.lines.map(({ name }) => name)).not.toContain('L_T');
    expect(likelihoodFigure(learned, 'beta').notes?.[1]).toMatch(/^Probability flow/);
  });

  it('says so where there is no chain, and what can be said all the same', () => {
    const figure = likelihoodFigure({ ...data, terms: { kind: 'loss' } });
    expect(figure.lines).toEqual([]);
    expect(figure.empty).toMatch(/no chain, hence no bound/);
    expect(figure.notes?.[0]).toMatch(/^Probability flow/);
  });

  it('says so when the weights are not numbers, or nothing has been measured', () => {
    const broken = near(Number.NaN, Number.NaN);
    const nothing = { terms: new Float32Array(nSteps).fill(Number.NaN), total: broken };
    const of = [{ ...bound('beta', 0), model: nothing }];
    const figure = likelihoodFigure({
      ...data,
      flow: { model: broken, exact: near(1.92) },
      terms: { kind: 'bound', prior: 1e-5, of },
    });
    expect(figure.lines.map(({ name }) => name)).toEqual(['exact answer', 'L_T']);
    expect(figure.notes?.[0]).toMatch(/not numbers/);
    expect(JSON.stringify(figure)).not.toMatch(/NaN|null/);
    expect(figure.yRange.every((value) => value > 0)).toBe(true);
    const none = likelihoodFigure(null);
    expect(none.lines).toEqual([]);
    expect(describeFigure(none)).toMatch(/not measured yet/);
  });

  it('stays finite for a chain of one or two steps', () => {
    for (const n of [1, 2]) {
      const side = { terms: new Float32Array(n).fill(0.3), total: near(2) };
      const of = [{ variance: 'beta', model: side, exact: side }] as const;
      const figure = likelihoodFigure({ ...data, terms: { kind: 'bound', prior: 0.2, of } });
      expect(figure.yRange.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    }
  });
});

describe('the chart of the loss by noise level', () => {
  const times = Float64Array.from({ length: nSteps }, (_, i) => (i + 1) / nSteps);
  const exact = times.map((t) => 1 - t / 2);

  it('shows the model, the exact answer, and where they differ', () => {
    const figure = levelsFigure({ times, model: exact.map((value) => value + 0.01), exact });
    expect(figure.lines.map(({ name }) => name)).toEqual(['your model', 'exact answer', 'difference']);
    for (const y of figure.lines[2]!.y) expect(y).toBeCloseTo(0.01, 8);
    expect(figure.lines[0]!.x.length).toBeLessThanOrEqual(60);
    expect(figure.lines[0]!.x.at(-1)).toBeLessThanOrEqual(1);
  });

  it('says so while nothing has been measured', () => {
    expect(levelsFigure(null).lines).toEqual([]);
    expect(describeFigure(levelsFigure(null))).toMatch(/not measured yet/);
  });
});

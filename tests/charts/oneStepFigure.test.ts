import { expect, it } from 'vitest';
import { oneStepFigure } from '../../src/charts/oneStepFigure.ts';

it('asks for a stage where there is none, and waits while it is computed', () => {
  expect(oneStepFigure(undefined)).toMatchObject({ lines: [], empty: 'let a stage show “One step”' });
  expect(oneStepFigure(null)).toMatchObject({ lines: [], empty: 'computing…' });
});

it('draws the divergence in bits for each number of steps, and nothing that is only rounding', () => {
  const figure = oneStepFigure({
    times: [0.1, 0.5, 1],
    nSteps: 5,
    kl: [Math.LN2, 0.5 * Math.LN2, 1e-12],
    otherSteps: [20],
    otherKl: [0.1 * Math.LN2, 0.05 * Math.LN2, -1e-15],
  });
  expect(figure.lines.map(({ name }) => name)).toEqual(['5 steps', '20 steps']);
  expect(figure.lines[0]!.y[0]).toBeCloseTo(1, 9);
  expect(figure.lines[1]!.y).toHaveLength(2);
  expect(figure.lines.every(({ x, y }) => x.length === y.length)).toBe(true);
});

it('says so where every step is a Gaussian', () => {
  const kl = [1e-12, 1e-13];
  expect(oneStepFigure({ times: [0.1, 1], nSteps: 5, kl, otherSteps: [], otherKl: [] }).empty).toContain(
    'Gaussian',
  );
});

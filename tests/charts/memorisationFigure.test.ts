import { describe, expect, it } from 'vitest';
import { memorisationFigure, memorisationSentence } from '../../src/charts/memorisationFigure.ts';

const row = (nPoints: number, ratio: number, copies = 0.11) => ({
  ...{ nPoints, ratio, ratioError: 0.01, copies, copiesOfFresh: 0.11 },
});

describe('what the numbers of training points do', () => {
  it('is drawn over their logarithm, beside fresh draws', () => {
    const figure = memorisationFigure([row(5, 0.1), row(1000, 1)]);
    expect(figure.xLog).toBe(true);
    expect(figure.lines.map(({ name }) => name)).toEqual(['samples', 'copies, share', 'fresh draws']);
    expect(figure.lines[0]!.y).toEqual([0.1, 1]);
    expect(memorisationFigure([]).lines.map(({ name }) => name)).toEqual(['fresh draws']);
  });

  it('is said in a sentence: from where on samples are new', () => {
    const rows = [row(5, 0.1, 0.93), row(100, 1.02), row(1000, 0.9), row(10_000, 0.99)];
    expect(memorisationSentence(rows)).toMatch(
      /^Trained on 5 points, .* 0.10 ± 0.01 times .* 93 % are copies/,
    );
    expect(memorisationSentence(rows)).toMatch(/From 10.000 points on they are no nearer than fresh draws/);
    expect(memorisationSentence([row(5, 0.1), row(20, 0.3)])).toMatch(/With none of these numbers/);
    expect(memorisationSentence([row(5, 0.1)])).toBeNull();
  });
});

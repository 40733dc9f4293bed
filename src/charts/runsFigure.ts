import { type Figure, type Line, SERIES_TOKENS } from './figure.ts';
import { logRange } from './series.ts';

export interface RunCurve {
  readonly name: string;
  readonly curve: { readonly steps: readonly number[]; readonly losses: readonly number[] };
}

/** The training losses of runs, laid over each other. */
export function runsFigure(runs: readonly RunCurve[]): Figure {
  const lines = runs.map(({ name, curve }, i): Line => {
    const kept = curve.losses.flatMap((loss, k) =>
      loss > 0 && Number.isFinite(loss) && curve.steps[k]! > 0 ? [k] : [],
    );
    return {
      name,
      x: kept.map((k) => curve.steps[k]!),
      y: kept.map((k) => curve.losses[k]!),
      colour: SERIES_TOKENS[i % SERIES_TOKENS.length]!,
      width: 1.5,
      opacity: 0.85,
    };
  });
  const shown = lines.filter(({ x }) => x.length > 0);
  const steps = shown.flatMap(({ x }) => [x[0]!, x.at(-1)!]);
  return {
    title: 'training loss of the runs',
    xTitle: 'step',
    yTitle: 'loss',
    xLog: true,
    yLog: true,
    xRange: steps.length === 0 ? [1, 1000] : [Math.min(...steps), 1.1 * Math.max(...steps)],
    yRange: logRange(shown.flatMap(({ y }) => y)),
    lines: shown,
    empty: 'no run has been kept yet',
  };
}

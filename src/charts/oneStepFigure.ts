import { drawable, withinDecades } from './besideExact.ts';
import { type Figure, type Line, SERIES_TOKENS } from './figure.ts';
import { TIME_AXIS } from './overTime.ts';

/** The divergence of one reverse step from the Gaussian of its moments, nats, at each time. */
export interface OneStepCurves {
  /** [L] rising */
  readonly times: ArrayLike<number>;
  readonly nSteps: number;
  /** [L] */
  readonly kl: ArrayLike<number>;
  readonly otherSteps: readonly number[];
  /** [others][L] */
  readonly otherKl: ArrayLike<number>;
}

/** Smaller divergences are what quadrature in float64 and the recording in float32 leave. */
const LEAST = 1e-7;

const EMPTY: Figure = {
  ...TIME_AXIS,
  title: 'divergence from a Gaussian',
  yTitle: 'bits',
  yRange: [1e-5, 1],
  yLog: true,
  lines: [],
};

/**
 * How far the true reverse step is from any Gaussian, for more and more steps.
 * @param curves null while they are computed, undefined where no stage shows one step
 */
export function oneStepFigure(curves: OneStepCurves | null | undefined): Figure {
  if (curves === undefined) return { ...EMPTY, empty: 'let a stage show “One step”' };
  if (curves === null) return { ...EMPTY, empty: 'computing…' };
  const x = Array.from(curves.times);
  const bits = (kl: ArrayLike<number>, from = 0) =>
    x.map((_, k) => {
      const value = kl[from + k]! / Math.LN2;
      return value > LEAST ? value : Number.NaN;
    });
  const lines: Line[] = [
    { name: `${curves.nSteps} steps`, x, y: bits(curves.kl), colour: 'accent', width: 2.5 },
    ...curves.otherSteps.map(
      (nSteps, i): Line => ({
        name: `${nSteps} steps`,
        x,
        y: bits(curves.otherKl, i * x.length),
        colour: SERIES_TOKENS[i % SERIES_TOKENS.length]!,
      }),
    ),
  ];
  const shown = drawable(lines);
  return {
    ...EMPTY,
    yRange: withinDecades(shown),
    lines: shown,
    ...(shown.length === 0 && { empty: 'the step is a Gaussian at every time' }),
    notes: [`KL(true step ‖ Gaussian) from this x_t: the more steps, the less (Feller 1949)`],
  };
}

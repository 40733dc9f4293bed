import { formatNumber } from '../experiment/numberText.ts';
import type { Figure, Line } from './figure.ts';
import { logRange } from './series.ts';
import { tickText } from './ticks.ts';

/** A mean and its standard error. */
export interface Measured {
  readonly mean: number;
  readonly error: number;
}

/** A model beside the exact answer. */
interface Beside<T> {
  readonly model: T;
  readonly exact: T;
}

export type BoundVariance = 'beta' | 'beta-tilde' | 'learned';

/** The bound for one variance of the reverse steps; `terms` are L_0 … L_{T−1}, bits per dimension, L_0 in data units. */
export interface VarianceBound
  extends Beside<{ readonly terms: ArrayLike<number>; readonly total: Measured }> {
  readonly variance: BoundVariance;
}

export interface BoundData {
  readonly kind: 'bound';
  /** L_T */
  readonly prior: number;
  readonly of: readonly VarianceBound[];
}

/** The training loss by noise level. */
export interface LossData extends Beside<ArrayLike<number>> {
  readonly kind: 'loss';
  readonly times: ArrayLike<number>;
}

/** How likely the data are to a model, bits per dimension in data units. */
export interface LikelihoodData {
  readonly entropy: Measured;
  readonly flow: Beside<Measured>;
  readonly terms: BoundData | LossData;
}

/** How a variance is written. */
export const VARIANCE_SYMBOLS: Readonly<Record<BoundVariance, string>> = {
  beta: 'β',
  'beta-tilde': 'β̃',
  learned: 'Σθ',
};

const TIME_AXIS = { xTitle: 't (0 data, 1 noise)', xRange: [0, 1] } as const;
const BROKEN = 'The network’s answers are not numbers: start anew, with a lower learning rate';
/** Terms so much smaller than the largest add nothing that can be seen. */
const MOST_DECADES = 6;

/**
 * The terms of the variational bound over t, beside those of the exact answer, and what they sum up to in words. Where a
 * process has no chain, the loss by noise level takes their place.
 * @param variance of the reverse steps; the first that there is when left out
 */
export function likelihoodFigure(data: LikelihoodData | null, variance?: BoundVariance): Figure {
  if (data === null) return unmeasured;
  const { terms } = data;
  const figure = terms.kind === 'bound' ? boundFigure(data, terms, variance) : levelsFigure(data, terms);
  const broken = !Number.isFinite(data.flow.model.mean);
  return { ...figure, notes: [...(broken ? [BROKEN] : []), ...figure.notes] };
}

const unmeasured: Figure = {
  ...TIME_AXIS,
  title: 'Bound by step',
  yTitle: 'bits/dim',
  yRange: [1e-4, 1],
  yLog: true,
  lines: [],
  empty: 'not measured yet',
};

type Noted = Figure & { readonly notes: readonly string[] };

function boundFigure(data: LikelihoodData, { prior, of }: BoundData, variance?: BoundVariance): Noted {
  const chosen = of.find((bound) => bound.variance === variance) ?? of[0]!;
  const { model, exact } = chosen;
  const nSteps = exact.terms.length;
  const first = model.terms[0]!;
  const lines = besideLines(stepMeans(model.terms), stepMeans(exact.terms));
  const ends: Line[] = [
    { name: 'L₀', x: [1 / nSteps], y: [first], colour: 'accent', markers: true },
    { name: 'L_T', x: [1], y: [prior], colour: 'muted', markers: true },
  ];
  const yRange = withinDecades([...lines, ...ends]);
  const others = of.filter((bound) => bound !== chosen);
  const inWords = others.map(
    (bound) => `${VARIANCE_SYMBOLS[bound.variance]} ${plain(bound.model.total.mean)}`,
  );
  return {
    ...TIME_AXIS,
    title: 'Bound by step',
    yTitle: 'bits/dim',
    yRange,
    yLog: true,
    lines: [...drawable(lines), ...ends.filter(({ y }) => Number.isFinite(y[0]) && y[0]! >= yRange[0])],
    notes: [
      beside('Bound', model.total, exact.total),
      ...(chosen.variance === 'learned' ? [`With ${inWords.join(', with ')}`] : []),
      ...likelihoodNotes(data),
      ...(Number.isFinite(first) ? [`L₀ ${plain(first)}, L_T ${short(prior)}`] : []),
    ],
  };
}

function levelsFigure(data: LikelihoodData, { times, model, exact }: LossData): Noted {
  const series = (values: ArrayLike<number>) => ({ x: Array.from(times), y: Array.from(values) });
  const lines = besideLines(series(model), series(exact));
  return {
    ...TIME_AXIS,
    title: 'Loss by noise level',
    yTitle: 'training loss at t',
    yRange: withinDecades(lines),
    yLog: true,
    lines: drawable(lines),
    notes: ['This process has no chain, hence no bound', ...likelihoodNotes(data)],
  };
}

/** A model, the exact answer, and by how much the model is worse, which nobody would see in their distance. */
function besideLines(model: Points, exact: Points): Line[] {
  const gap = { x: model.x, y: model.y.map((value, i) => value - exact.y[i]!) };
  return [
    { name: 'your model', ...model, colour: 'accent', width: 2.5 },
    { name: 'exact answer', ...exact, colour: 'data', dash: 'dash' },
    { name: 'gap', ...gap, colour: 'prediction', dash: 'dot' },
  ];
}

type Points = Pick<Line, 'x' | 'y'>;

function likelihoodNotes({ flow, entropy }: LikelihoodData): string[] {
  return [beside('PF ODE', flow.model, flow.exact), `Entropy ${plain(entropy.mean)} (data units)`];
}

/** "Bound 2.23 ± 0.01; exact 2.03"; nothing of a model whose numbers are none. */
function beside(what: string, model: Measured, exact: Measured): string {
  const own = Number.isFinite(model.mean) ? ` ${withError(model)};` : '';
  return `${what}${own} exact ${plain(exact.mean)}`;
}

const plain = (value: number): string => formatNumber(value, 2);
const withError = (value: Measured): string =>
  `${plain(value.mean)} ± ${formatNumber(Math.max(0.01, value.error), 2)}`;
const short = (value: number): string =>
  value >= 0.01 ? plain(value) : tickText(Number(value.toPrecision(1)));

/**
 * L_1 … L_{T−1} at t = (k + 1)/T, k of neighbours averaged: more and more of them, as the terms change ever less.
 * Terms that are not above 0 are left out.
 */
function stepMeans(terms: ArrayLike<number>): Points {
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 1; k < terms.length; ) {
    const end = Math.min(terms.length, k + Math.max(1, Math.floor(k / 12)));
    let sum = 0;
    for (let j = k; j < end; j++) sum += terms[j]!;
    x.push((k + end + 1) / 2 / terms.length);
    y.push(sum / (end - k));
    k = end;
  }
  return { x, y };
}

/** Lines without the points that a logarithmic axis cannot show; none that has no others. */
function drawable(lines: readonly Line[]): Line[] {
  return lines
    .map((line) => {
      const kept = line.y.flatMap((value, i) => (value > 0 && Number.isFinite(value) ? [i] : []));
      return { ...line, x: kept.map((i) => line.x[i]!), y: kept.map((i) => line.y[i]!) };
    })
    .filter(({ y }) => y.length > 0);
}

function withinDecades(lines: readonly Line[]): readonly [number, number] {
  const [low, high] = logRange(lines.flatMap(({ y }) => y));
  return [Math.max(low, high / 10 ** MOST_DECADES), high];
}

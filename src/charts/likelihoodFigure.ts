import { formatNumber } from '../experiment/numberText.ts';
import { besideExact, drawable, type Points, withinDecades } from './besideExact.ts';
import type { Figure, Line } from './figure.ts';
import { TIME_AXIS } from './overTime.ts';
import { powerText } from './ticks.ts';

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

export type BoundVariance = 'beta' | 'beta-tilde' | 'learned' | 'optimal';

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

/** How likely the data are to a model, bits per dimension in data units. */
export interface LikelihoodData {
  readonly entropy: Measured;
  readonly flow: Beside<Measured>;
  /** Those of the bound, where the process has a chain. */
  readonly terms: BoundData | { readonly kind: 'loss' };
}

/** How a variance is written. */
export const VARIANCE_SYMBOLS: Readonly<Record<BoundVariance, string>> = {
  beta: 'β',
  'beta-tilde': 'β̃',
  learned: 'Σθ',
  optimal: 'σ*²',
};

const BROKEN = 'The network’s answers are not numbers: start anew, with a lower learning rate';

/**
 * The terms of the variational bound over t, beside those of the exact answer, and what they sum up to in words.
 * @param variance of the reverse steps; the first that there is when left out
 */
export function likelihoodFigure(data: LikelihoodData | null, variance?: BoundVariance): Figure {
  if (data === null) return unmeasured;
  const { terms } = data;
  const figure = terms.kind === 'loss' ? boundless(data) : boundFigure(data, terms, variance);
  const broken = !Number.isFinite(data.flow.model.mean);
  return { ...figure, notes: [...(broken ? [BROKEN] : []), ...figure.notes] };
}

const unmeasured: Figure = {
  ...TIME_AXIS,
  title: 'what each step adds',
  yTitle: 'bits/dim',
  yRange: [1e-4, 1],
  yLog: true,
  lines: [],
  empty: 'not measured yet',
};

/** What can be said where a process has no chain. */
function boundless(data: LikelihoodData): Noted {
  return { ...unmeasured, empty: 'this process has no chain, hence no bound', notes: likelihoodNotes(data) };
}

type Noted = Figure & { readonly notes: readonly string[] };

function boundFigure(data: LikelihoodData, { prior, of }: BoundData, variance?: BoundVariance): Noted {
  const chosen = of.find((bound) => bound.variance === variance) ?? of[0]!;
  const { model, exact } = chosen;
  const first = model.terms[0]!;
  const lines = besideExact(stepMeans(model.terms), stepMeans(exact.terms));
  const optimal =
    chosen.variance === 'optimal' ? undefined : of.find(({ variance }) => variance === 'optimal');
  const best: Line[] = optimal
    ? [
        {
          name: `with ${VARIANCE_SYMBOLS.optimal}`,
          ...stepMeans(optimal.model.terms),
          colour: 'series-2',
          dash: [6, 2, 2, 2],
        },
      ]
    : [];
  const ends: Line[] = [{ name: 'L_T', x: [1], y: [prior], colour: 'muted', markers: true }];
  const yRange = withinDecades([...lines, ...ends]);
  // A learned variance is there to be compared with all others; each other one with the best.
  const others =
    chosen.variance === 'learned'
      ? of.filter((bound) => bound !== chosen)
      : of.filter((bound) => bound === optimal);
  const inWords = others.map(
    (bound) => `${VARIANCE_SYMBOLS[bound.variance]} ${plain(bound.model.total.mean)}`,
  );
  return {
    ...TIME_AXIS,
    title: 'what each step adds',
    yTitle: 'bits/dim',
    yRange,
    yLog: true,
    lines: [
      ...drawable([...lines, ...best]),
      ...ends.filter(({ y }) => Number.isFinite(y[0]) && y[0]! >= yRange[0]),
    ],
    notes: [
      beside('Bound', model.total, exact.total),
      ...(inWords.length > 0 ? [`With ${inWords.join(', with ')}`] : []),
      ...likelihoodNotes(data),
      ...(Number.isFinite(first) ? [`L₀ ${plain(first)}, L_T ${short(prior)}`] : []),
    ],
  };
}

function likelihoodNotes({ flow, entropy }: LikelihoodData): string[] {
  return [beside('Probability flow', flow.model, flow.exact), `Entropy ${plain(entropy.mean)} (data units)`];
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
  value >= 0.01 ? plain(value) : powerText(Number(value.toPrecision(1)));

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

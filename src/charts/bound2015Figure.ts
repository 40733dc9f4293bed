import { formatNumber } from '../experiment/numberText.ts';
import type { Figure, Line } from './figure.ts';
import type { Measured } from './likelihoodFigure.ts';

/** K of Sohl-Dickstein et al. 2015, bits per point of the standardised data. */
export interface Bound2015Data {
  readonly rows: readonly { readonly nSteps: number; readonly model: Measured; readonly exact: Measured }[];
  readonly truth: number;
  readonly lNull: number;
}

/** The paper's T for the Swiss roll, and its numbers. */
const PAPER = { nSteps: 40, k: 2.35, gain: 6.45 };

const number = (value: number): string => formatNumber(value, 2);
const about = ({ mean, error }: Measured): string => `${number(mean)} ± ${number(Math.max(0.01, error))}`;

/** @param waiting what is said while there are no numbers */
export function bound2015Figure(data: Bound2015Data | null, waiting: string): Figure {
  const rows = data?.rows ?? [];
  const steps = rows.map(({ nSteps }) => nSteps);
  const range = [Math.min(10, ...steps), Math.max(400, ...steps)] as const;
  const level = (name: string, y: number, colour: Line['colour']): Line => ({
    name,
    x: [...range],
    y: [y, y],
    colour,
    dash: [2, 3],
  });
  const finite = (line: Line): Line => {
    const kept = line.y.flatMap((y, i) => (Number.isFinite(y) ? [i] : []));
    return { ...line, x: kept.map((i) => line.x[i]!), y: kept.map((i) => line.y[i]!) };
  };
  const lines: Line[] =
    data === null || rows.length === 0
      ? []
      : [
          { name: 'your model', x: steps, y: rows.map(({ model }) => model.mean), colour: 'accent' as const },
          { name: 'exact answer', x: steps, y: rows.map(({ exact }) => exact.mean), colour: 'data' as const },
          level('truth', data.truth, 'data'),
          level('L_null', data.lNull, 'muted'),
        ].map((line) => finite({ ...line, markers: line.x === steps }));
  const values = lines.flatMap(({ y }) => y);
  return {
    title: 'K of 2015, by steps',
    xTitle: 'steps T of its chain, β = 1/(T − t + 1)',
    xRange: range,
    xLog: true,
    yTitle: 'bits per point',
    yRange:
      values.length === 0 ? [-5, 0] : [Math.max(-12, Math.min(...values)) - 0.2, Math.max(...values) + 0.2],
    yLog: false,
    lines,
    notes: data === null || rows.length === 0 ? [] : notesOf(data),
    empty: waiting,
  };
}

function notesOf({ rows, truth, lNull }: Bound2015Data): readonly string[] {
  const row = rows.find(({ nSteps }) => nSteps === PAPER.nSteps);
  const own = row
    ? [
        `T = ${PAPER.nSteps}: K ${about(row.model)}, exact ${about(row.exact)}; K − L_null ${number(row.model.mean - lNull)}, exact ${number(row.exact.mean - lNull)}`,
      ]
    : [];
  return [
    ...own,
    `Truth ${number(truth)}: the mean log₂ p of these data, which no K exceeds`,
    `The paper: K ${PAPER.k}, K − L_null ${PAPER.gain}, so L_null ${number(PAPER.k - PAPER.gain)} = −log₂ 2πe: standardised data. Their data noise is not given, so only the kind of number compares`,
  ];
}

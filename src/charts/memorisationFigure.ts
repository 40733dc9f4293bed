import { formatCount, formatNumber } from '../experiment/numberText.ts';
import type { MemorisationRow } from '../protocol/studies.ts';
import type { Figure } from './figure.ts';

/** From so many standard errors below 1 on, samples are nearer to the training points than fresh draws. */
const SURE = 2;

type Row = Pick<MemorisationRow, 'nPoints' | 'ratio' | 'ratioError' | 'copies' | 'copiesOfFresh'>;

/** How near samples lie to the training points, by their number. */
export function memorisationFigure(rows: readonly Row[]): Figure {
  const x = rows.map(({ nPoints }) => nPoints);
  const xRange = [0.8 * Math.min(5, ...x), 1.25 * Math.max(10_000, ...x)] as const;
  const most = Math.max(1.2, ...rows.map(({ ratio, ratioError }) => 1.1 * (ratio + ratioError)));
  return {
    title: 'distance to the nearest training point',
    xTitle: 'training points',
    yTitle: 'over that of fresh draws',
    xLog: true,
    yLog: false,
    xRange,
    yRange: [0, most],
    lines: [
      {
        name: 'samples',
        x,
        y: rows.map(({ ratio }) => ratio),
        errors: rows.map(({ ratioError }) => ratioError),
        colour: 'sample',
        markers: true,
      },
      {
        name: 'copies, share',
        x,
        y: rows.map(({ copies }) => copies),
        colour: 'accent',
        markers: true,
        dash: [4, 3],
      },
      { name: 'fresh draws', x: [...xRange], y: [1, 1], colour: 'data', dash: [8, 4] },
    ].filter((line) => line.x.length > 0) as Figure['lines'],
    empty: 'no training has ended yet',
  };
}

/** What the numbers come to; null of fewer than two. */
export function memorisationSentence(rows: readonly Row[]): string | null {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last || first === last) return null;
  const ratio = (row: Row) =>
    `${formatNumber(row.ratio, 2)} ± ${formatNumber(Math.max(0.01, row.ratioError), 2)}`;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const isNew = (row: Row) => row.ratio > 1 - SURE * Math.max(0.01, row.ratioError);
  const from = rows.find((_, i) => rows.slice(i).every(isNew));
  return [
    `Trained on ${formatCount(first.nPoints)} points, samples lie ${ratio(first)} times as far from them as fresh draws do, and ${percent(first.copies)} are copies (of fresh draws ${percent(first.copiesOfFresh)});`,
    `on ${formatCount(last.nPoints)}, ${ratio(last)} times, and ${percent(last.copies)} (${percent(last.copiesOfFresh)}).`,
    from
      ? `From ${formatCount(from.nPoints)} points on they are no nearer than fresh draws, within the error.`
      : 'With none of these numbers are they as far as fresh draws.',
  ].join(' ');
}

import type { RaceResult, RaceRow, TruthBand } from '../protocol/studies.ts';
import type { Band, Figure, Line } from './figure.ts';
import { SERIES_TOKENS } from './figure.ts';
import { logRange } from './series.ts';

/** What a race is seen by. */
export type RaceMeasure = 'w2' | 'strays' | 'toFlow';

interface Look {
  readonly title: string;
  readonly yTitle: string;
  readonly value: (row: RaceRow) => number | null;
  readonly error: (row: RaceRow) => number;
  /** What true draws have, between two values. */
  readonly truth: ((truth: TruthBand, n: number) => readonly [low: number, high: number]) | null;
}

const LOOKS: Readonly<Record<RaceMeasure, Look>> = {
  w2: {
    title: 'sliced W₂ by evaluations',
    yTitle: 'sliced W₂, units',
    value: ({ w2 }) => w2,
    error: ({ w2Error }) => w2Error,
    truth: ({ w2, w2Deviation }) => [Math.max(w2 / 4, w2 - 2 * w2Deviation), w2 + 2 * w2Deviation],
  },
  strays: {
    title: 'strays by evaluations',
    yTitle: '% of samples',
    value: ({ strays }) => 100 * strays,
    error: ({ straysError }) => 100 * straysError,
    truth: ({ strays }, n) => {
      const scatter = 2 * Math.sqrt((strays * (1 - strays)) / n);
      return [100 * Math.max(strays / 4, strays - scatter), 100 * (strays + scatter)];
    },
  },
  toFlow: {
    title: 'distance to the probability flow by evaluations',
    yTitle: 'to the flow, units',
    value: ({ toFlow }) => toFlow,
    error: () => 0,
    truth: null,
  },
};

export interface RaceFigure extends Figure {
  /** The rows behind the points of each line, by its name. */
  readonly rowsOf: ReadonlyMap<string, readonly RaceRow[]>;
}

/**
 * A race on logarithmic axes: a colour for each sampler, whole for the network and dashed for the exact answer.
 * @param names of the samplers, by their place in the request
 * @param n samples in a run
 */
export function raceFigure(
  result: RaceResult | null,
  measure: RaceMeasure,
  names: readonly string[],
  n: number,
): RaceFigure {
  const { title, yTitle, value, error, truth } = LOOKS[measure];
  const shown = (result?.rows ?? []).flatMap((row) => {
    const y = value(row);
    return y !== null && y > 0 && Number.isFinite(y) ? [{ row, y }] : [];
  });
  const rowsOf = new Map<string, readonly RaceRow[]>();
  const lines = names.flatMap((name, entry) =>
    (['learned', 'exact'] as const).flatMap((denoiser): Line[] => {
      const points = shown
        .filter(({ row }) => row.entry === entry && row.denoiser === denoiser)
        .toSorted((a, b) => a.row.nfe - b.row.nfe);
      if (points.length === 0) return [];
      const isExact = denoiser === 'exact';
      const lineName = isExact ? `${name}, exact` : name;
      rowsOf.set(
        lineName,
        points.map(({ row }) => row),
      );
      return [
        {
          name: lineName,
          x: points.map(({ row }) => row.nfe),
          y: points.map(({ y }) => y),
          errors: points.map(({ row }) => error(row)),
          colour: SERIES_TOKENS[entry % SERIES_TOKENS.length]!,
          markers: true,
          unnamed: true,
          ...(isExact && { dash: [6, 4] }),
        },
      ];
    }),
  );
  const nfes = shown.map(({ row }) => row.nfe);
  const xRange =
    nfes.length === 0 ? ([1, 100] as const) : ([0.8 * Math.min(...nfes), 1.25 * Math.max(...nfes)] as const);
  const bands = truth && result?.truth && shown.length > 0 ? [bandOf(truth(result.truth, n), xRange)] : [];
  return {
    title,
    yTitle,
    xTitle: 'evaluations of the denoiser (NFE)',
    xLog: true,
    yLog: true,
    xRange,
    yRange: logRange([...shown.map(({ y }) => y), ...bands.flatMap(({ low, high }) => [...low, ...high])]),
    lines,
    bands,
    empty: 'no run has ended yet',
    rowsOf,
  };
}

function bandOf([low, high]: readonly [number, number], xRange: readonly [number, number]): Band {
  return {
    name: 'true draws',
    x: [...xRange],
    low: xRange.map(() => low),
    high: xRange.map(() => high),
    colour: 'muted',
  };
}

/** What each sampler takes to come within what true draws have, in a sentence; null while nothing can be said. */
export function raceSentence({ rows, truth }: RaceResult, names: readonly string[]): string | null {
  if (truth === null) return null;
  const within = truth.w2 + 2 * truth.w2Deviation;
  const parts = (['exact', 'learned'] as const).flatMap((denoiser) => {
    const runs = rows.filter((row) => row.denoiser === denoiser);
    if (runs.length < 2) return [];
    const who = denoiser === 'exact' ? 'With the exact answer' : 'With the network';
    const good = runs.filter(({ w2 }) => w2 <= within).toSorted((a, b) => a.nfe - b.nfe);
    const [best] = good;
    if (!best) return [`${who}, no run is as near to the data as true draws are.`];
    return [
      `${who}, ${names[best.entry]} is the first within the band of true draws: ${best.nfe} evaluations.`,
    ];
  });
  return parts.length === 0 ? null : parts.join(' ');
}

/** What a chart is called, and by which letter a link knows it. */
interface ChartFacts {
  readonly letter: string;
  readonly label: string;
}

/** The charts, in the order in which they are offered: one line each, and one in `pages/charts/index.ts`. */
export const CHARTS = {
  schedule: { letter: 's', label: 'Schedule' },
  loss: { letter: 'l', label: 'Loss' },
  quality: { letter: 'q', label: 'Quality' },
  likelihood: { letter: 'b', label: 'Likelihood' },
} as const satisfies Readonly<Record<string, ChartFacts>>;

export type ChartId = keyof typeof CHARTS;

export const chartIds = Object.keys(CHARTS) as readonly ChartId[];

export const chartLetters = Object.fromEntries(chartIds.map((id) => [id, CHARTS[id].letter])) as Readonly<
  Record<ChartId, string>
>;

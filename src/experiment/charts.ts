/** What a chart is called, and by which letter a link knows it. */
interface ChartFacts {
  readonly letter: string;
  readonly label: string;
}

/** The charts, in the order in which they are offered: one line each, and one in `pages/charts/index.ts`. */
export const CHARTS = {
  loss: { letter: 'l', label: 'Learning' },
  schedule: { letter: 's', label: 'Schedule' },
  quality: { letter: 'q', label: 'How good' },
  distance: { letter: 'w', label: 'Distance' },
  levels: { letter: 't', label: 'Loss by t' },
  likelihood: { letter: 'b', label: 'Variational bound' },
  'one-step': { letter: 'o', label: 'One step' },
} as const satisfies Readonly<Record<string, ChartFacts>>;

export type ChartId = keyof typeof CHARTS;

export const chartIds = Object.keys(CHARTS) as readonly ChartId[];

/** Those of a new page. */
export const firstCharts: readonly ChartId[] = ['loss', 'schedule'];

export const chartLetters = Object.fromEntries(chartIds.map((id) => [id, CHARTS[id].letter])) as Readonly<
  Record<ChartId, string>
>;

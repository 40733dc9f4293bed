import { type ColourToken, SERIES_TOKENS } from './figure.ts';

/** Colours and sizes of a chart, read from the page's tokens. */
export interface ChartTheme {
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly colours: Readonly<Record<ColourToken, string>>;
  readonly font: string;
  /** Multiplies text and margins. */
  readonly textScale: number;
  /** Multiplies line widths. */
  readonly emphasis: number;
}

export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const factor = (name: string): number => {
    const value = Number.parseFloat(style.getPropertyValue(name));
    return value > 0 ? value : 1;
  };
  const muted = token('--muted', '#566072');
  const series = Object.fromEntries(SERIES_TOKENS.map((name) => [name, token(`--${name}`, muted)]));
  return {
    text: token('--text', '#18202e'),
    muted,
    grid: token('--stage-grid', '#e3e6ee'),
    colours: {
      data: token('--data', '#1f66d1'),
      sample: token('--sample', '#d9660a'),
      prediction: token('--prediction', '#00796b'),
      accent: token('--accent', '#4a3fc4'),
      muted,
      ...series,
    } as Readonly<Record<ColourToken, string>>,
    font: style.fontFamily,
    textScale: factor('--text-scale'),
    emphasis: factor('--emphasis'),
  };
}

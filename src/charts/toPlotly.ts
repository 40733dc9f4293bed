import type { Data, Layout } from 'plotly.js';
import type { Band, Figure, Line } from './figure.ts';
import type { ChartTheme } from './theme.ts';
import { evenTicks, logTicks, tickTexts } from './ticks.ts';

/** Space around the plot, CSS pixels before the theme's text scale; fixed, so that a cursor can be placed. */
export const MARGINS = { left: 58, right: 20, top: 8, bottom: 38 } as const;

/** Ticks of a time or step axis: there is more room along it than beside it. */
const MOST_ACROSS = 6;
/** Of a label such as “10 000” with the space beside it, CSS pixels. */
const LABEL_WIDTH = 48;

function trace(line: Line, theme: ChartTheme): Data {
  const colour = theme.colours[line.colour];
  return {
    type: 'scatter',
    mode: line.markers === true ? 'lines+markers' : 'lines',
    name: line.name,
    x: [...line.x],
    y: [...line.y],
    opacity: line.opacity ?? 1,
    cliponaxis: line.markers !== true, // a mark at the end of the axis is whole
    line: {
      color: colour,
      width: (line.width ?? 2) * theme.emphasis,
      dash: (line.dash?.map((length) => `${length * theme.emphasis}px`).join(',') ?? 'solid') as 'solid',
    },
    marker: { color: colour, size: 5 * theme.emphasis },
    ...(line.errors && {
      error_y: {
        type: 'data',
        array: [...line.errors],
        color: colour,
        thickness: theme.emphasis,
        width: 2 * theme.emphasis,
      },
    }),
    hovertemplate: `${line.name}<br>%{x}: %{y:.4g}<extra></extra>`,
  };
}

/** Along its high values and back along its low ones. */
function bandTrace({ name, x, low, high, colour }: Band, theme: ChartTheme): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    name,
    x: [...x, ...x.toReversed()],
    y: [...high, ...low.toReversed()],
    fill: 'toself',
    fillcolor: withAlpha(theme.colours[colour], 0.16),
    line: { width: 0 },
    hoverinfo: 'skip',
  };
}

/** "#rrggbb" with an opacity; plotly reads other notations too, and shows them whole. */
function withAlpha(colour: string, alpha: number): string {
  const parts = /^#(..)(..)(..)$/.exec(colour)?.slice(1);
  return parts ? `rgba(${parts.map((part) => Number.parseInt(part, 16)).join(',')},${alpha})` : colour;
}

interface AxisWords {
  readonly text: string;
  readonly range: readonly [number, number];
  readonly log: boolean;
  readonly most?: number;
  /** Whether its range says something. */
  readonly isKnown?: boolean;
}

function axis(
  { text, range, log, most, isKnown = true }: AxisWords,
  theme: ChartTheme,
): Partial<Layout['xaxis']> {
  const values = log ? logTicks(range, most) : evenTicks(range, most);
  return {
    type: log ? 'log' : 'linear',
    range: log ? [Math.log10(range[0]), Math.log10(range[1])] : [...range],
    tickmode: 'array',
    tickangle: 0,
    tickvals: values,
    ticktext: tickTexts(values),
    showticklabels: isKnown,
    color: theme.muted,
    gridcolor: theme.grid,
    linecolor: theme.grid,
    tickfont: { size: 12 * theme.textScale, color: theme.muted },
    title: { text, standoff: 6, font: { size: 12 * theme.textScale, color: theme.text } },
    fixedrange: true,
    showline: true,
    zeroline: false,
    ticklabeloverflow: 'allow',
    hoverformat: '.4~g',
  };
}

/**
 * The figure in plotly's words: axes and lines alone. Title and names of lines are the page's own text.
 * @param width CSS pixels that it is drawn in
 */
export function toPlotly(
  figure: Figure,
  theme: ChartTheme,
  width: number,
): { data: Data[]; layout: Partial<Layout> } {
  const scale = theme.textScale;
  const labels = Math.floor((width / scale - MARGINS.left - MARGINS.right) / LABEL_WIDTH);
  const most = Math.min(MOST_ACROSS, Math.max(2, labels));
  const { xTitle, xRange, xLog = false, yTitle, yRange, yLog, bands = [], lines } = figure;
  const layout: Partial<Layout> = {
    autosize: true,
    margin: {
      l: MARGINS.left * scale,
      r: MARGINS.right * scale,
      t: MARGINS.top * scale,
      b: MARGINS.bottom * scale,
      autoexpand: false,
    },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12 * scale, color: theme.text },
    showlegend: false,
    hovermode: 'closest',
    dragmode: false,
    xaxis: axis({ text: xTitle, range: xRange, log: xLog, most }, theme),
    yaxis: axis({ text: yTitle, range: yRange, log: yLog, isKnown: lines.length > 0 }, theme),
  };
  return {
    data: [...bands.map((band) => bandTrace(band, theme)), ...lines.map((line) => trace(line, theme))],
    layout,
  };
}

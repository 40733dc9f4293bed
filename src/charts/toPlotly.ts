import type { Data, Layout } from 'plotly.js';
import type { Figure, Line } from './figure.ts';
import type { ChartTheme } from './theme.ts';
import { logTicks, tickText } from './ticks.ts';

/** Space around the plot, CSS pixels before the theme's text scale; fixed, so that a cursor can be placed. */
export const MARGINS = { left: 58, right: 14, top: 10, bottom: 38 } as const;

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
    line: { color: colour, width: (line.width ?? 2) * theme.emphasis, dash: line.dash ?? 'solid' },
    marker: { color: colour, size: 5 * theme.emphasis },
    hovertemplate: `${line.name}<br>%{x}: %{y:.4g}<extra></extra>`,
  };
}

function axisStyle(text: string, theme: ChartTheme) {
  return {
    color: theme.muted,
    gridcolor: theme.grid,
    linecolor: theme.grid,
    tickfont: { size: 11 * theme.textScale, color: theme.muted },
    title: { text, standoff: 6, font: { size: 12 * theme.textScale, color: theme.text } },
    fixedrange: true,
    showline: true,
    zeroline: false,
    ticklabeloverflow: 'allow' as const,
  };
}

function yScale(figure: Figure): Partial<Layout['yaxis']> {
  if (!figure.yLog) return { type: 'linear', range: [...figure.yRange], nticks: 5 };
  const values = logTicks(figure.yRange);
  return {
    type: 'log',
    range: [Math.log10(figure.yRange[0]), Math.log10(figure.yRange[1])],
    tickmode: 'array',
    tickvals: values,
    ticktext: values.map(tickText),
  };
}

/** The figure in plotly's words: axes and lines alone. Title and legend are the page's own text. */
export function toPlotly(figure: Figure, theme: ChartTheme): { data: Data[]; layout: Partial<Layout> } {
  const scale = theme.textScale;
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
    font: { family: theme.font, size: 11 * scale, color: theme.text },
    showlegend: false,
    hovermode: 'closest',
    dragmode: false,
    xaxis: { ...axisStyle(figure.xTitle, theme), range: [...figure.xRange], nticks: 6, hoverformat: '.4~g' },
    yaxis: { ...axisStyle(figure.yTitle, theme), ...yScale(figure) },
  };
  return { data: figure.lines.map((line) => trace(line, theme)), layout };
}

import type { Data, Layout } from 'plotly.js';
import type { Figure, Line } from './figure.ts';
import type { ChartTheme } from './theme.ts';

/** Space around the plot, CSS pixels before the theme's text scale; fixed, so that a cursor can be placed. */
export const MARGINS = { left: 50, right: 14, top: 44, bottom: 38 } as const;

function trace(line: Line, theme: ChartTheme): Data {
  const colour = theme.colours[line.colour];
  return {
    type: 'scatter',
    mode: line.markers === true ? 'lines+markers' : 'lines',
    name: line.name,
    x: [...line.x],
    y: [...line.y],
    opacity: line.opacity ?? 1,
    line: { color: colour, width: (line.width ?? 2) * theme.emphasis, dash: line.dash ?? 'solid' },
    marker: { color: colour, size: 5 * theme.emphasis },
    hovertemplate: `%{y:.4g}<extra>${line.name}</extra>`,
  };
}

function tickStyle(theme: ChartTheme) {
  return {
    color: theme.muted,
    gridcolor: theme.grid,
    linecolor: theme.grid,
    tickfont: { size: 11 * theme.textScale, color: theme.muted },
    fixedrange: true,
    showline: true,
    zeroline: false,
  };
}

function axisTitle(text: string, theme: ChartTheme, standoff: number) {
  return { text, standoff, font: { size: 12 * theme.textScale, color: theme.text } };
}

/** Few ticks on a short logarithmic axis, powers of ten alone on a long one. */
function logTicks([low, high]: readonly [number, number]): number | 'D1' | 'D2' {
  const decades = Math.log10(high / low);
  return decades > 2.5 ? Math.ceil(decades / 4) : 'D2';
}

/** The figure in plotly's words. */
export function toPlotly(figure: Figure, theme: ChartTheme): { data: Data[]; layout: Partial<Layout> } {
  const scale = theme.textScale;
  const [low, high] = figure.yRange;
  const layout: Partial<Layout> = {
    autosize: true,
    title: {
      text: figure.title,
      x: 0,
      xref: 'container',
      xanchor: 'left',
      pad: { l: 12 * scale },
      y: 1,
      yref: 'container',
      yanchor: 'top',
      font: { size: 13 * scale, color: theme.text, weight: 600 },
    },
    margin: {
      l: MARGINS.left * scale,
      r: MARGINS.right * scale,
      t: MARGINS.top * scale,
      b: MARGINS.bottom * scale,
    },
    paper_bgcolor: theme.background,
    plot_bgcolor: theme.background,
    font: { family: theme.font, size: 11 * scale, color: theme.text },
    showlegend: figure.lines.length > 0,
    legend: {
      orientation: 'h',
      x: 1,
      xanchor: 'right',
      y: 1,
      yanchor: 'bottom',
      bgcolor: 'rgba(0,0,0,0)',
      font: { size: 11 * scale, color: theme.text },
    },
    hovermode: 'x',
    dragmode: false,
    xaxis: {
      ...tickStyle(theme),
      range: [...figure.xRange],
      nticks: 6,
      title: axisTitle(figure.xTitle, theme, 4),
      hoverformat: '.4~g',
    },
    yaxis: {
      ...tickStyle(theme),
      type: figure.yLog ? 'log' : 'linear',
      range: figure.yLog ? [Math.log10(low), Math.log10(high)] : [low, high],
      ...(figure.yLog ? { dtick: logTicks(figure.yRange) } : { nticks: 5 }),
      exponentformat: 'power',
      title: axisTitle(figure.yTitle, theme, 4),
    },
    annotations:
      figure.lines.length > 0 || figure.empty === undefined
        ? []
        : [
            {
              text: figure.empty,
              xref: 'paper',
              yref: 'paper',
              x: 0.5,
              y: 0.5,
              showarrow: false,
              font: { color: theme.muted, size: 12 * scale },
            },
          ],
  };
  return { data: figure.lines.map((line) => trace(line, theme)), layout };
}

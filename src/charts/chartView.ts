import type { PlotlyHTMLElement } from 'plotly.js';
import { describeFigure, type Figure, shareOfAxis } from './figure.ts';
import { idleQueue } from './idleQueue.ts';
import { type ChartTheme, readChartTheme } from './theme.ts';
import { MARGINS, toPlotly } from './toPlotly.ts';
import { watchSize } from './watchSize.ts';

/** While figures keep coming, the chart is redrawn at most this often, milliseconds. */
const REDRAW_EVERY = 1000;
/** A figure under the person's hand is redrawn as often as this share of the time allows. */
const LIVE_SHARE = 1 / 3;
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false } as const;

export type ChartState = 'loading' | 'ready' | 'failed';

/** A position on the chart's x axis that moves without the chart being redrawn: the scrubber's clock. */
export interface ChartCursor {
  readonly time: number;
  subscribe(listener: () => void): () => void;
}

/** A point of a line, by its place in it. */
export interface PickedPoint {
  /** The line's name. */
  readonly line: string;
  readonly index: number;
}

/** One chart in one element; lives outside React. */
export interface ChartView {
  /** @param live whether it changes under the person's hand, and must keep up */
  setFigure(figure: Figure, live?: boolean): void;
  dispose(): void;
}

type Plotly = typeof import('./plotlyBundle.ts');

export interface ChartElements {
  readonly plot: HTMLElement;
  /** The cursor's line, placed by its left edge; null without a cursor. */
  readonly line: HTMLElement | null;
}

export function createChartView(
  { plot, line }: ChartElements,
  first: Figure,
  cursor: ChartCursor | null,
  onState: (state: ChartState) => void,
  onPick: (point: PickedPoint) => void = () => undefined,
): ChartView {
  let figure = first;
  let theme: ChartTheme = readChartTheme(plot);
  let plotly: Plotly | null = null;
  let disposed = false;
  let cancel: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let cost = 0;
  let live = false;

  const placeCursor = (): void => {
    if (line === null || cursor === null) return;
    const share = shareOfAxis(figure, cursor.time);
    const left = MARGINS.left * theme.textScale;
    const across = left + MARGINS.right * theme.textScale;
    line.style.left = `calc(${left}px + ${share} * (100% - ${across}px))`;
    line.style.top = `${MARGINS.top * theme.textScale}px`;
    line.style.bottom = `${MARGINS.bottom * theme.textScale}px`;
  };
  let listens = false;
  /** Plotly gives the element its `on` when it first draws in it. */
  const listenForPicks = (): void => {
    listens = true;
    (plot as Partial<PlotlyHTMLElement>).on?.('plotly_click', ({ points }) => {
      const [picked] = points;
      const line = picked ? figure.lines[picked.curveNumber - (figure.bands?.length ?? 0)] : undefined;
      if (picked && line) onPick({ line: line.name, index: picked.pointIndex });
    });
  };
  const draw = async (): Promise<void> => {
    cancel = null;
    if (plotly === null || disposed) return;
    try {
      drawnAt = performance.now();
      const { data, layout } = toPlotly(figure, theme, plot.clientWidth);
      await plotly.react(plot, data, layout, CONFIG);
      if (!listens) listenForPicks();
      cost = performance.now() - drawnAt;
      plot.setAttribute('aria-label', describeFigure(figure));
      placeCursor();
      if (!disposed) onState('ready');
    } catch {
      if (!disposed) onState('failed');
    }
  };
  const request = (): void => {
    if (plotly === null || cancel !== null || timer !== null || disposed) return;
    const enqueue = (): void => {
      timer = null;
      if (live) void draw();
      else cancel = idleQueue.add(draw);
    };
    const every = live ? cost / LIVE_SHARE : REDRAW_EVERY;
    const wait = drawnAt + every - performance.now();
    if (wait > 0) timer = setTimeout(enqueue, wait);
    else enqueue();
  };
  const stopWaiting = (): void => {
    cancel?.();
    if (timer !== null) clearTimeout(timer);
    [cancel, timer] = [null, null];
  };
  const themed = (): void => {
    theme = readChartTheme(plot);
    placeCursor();
    request();
  };

  /** Its own piece of idle work: running plotly's modules takes about as long as drawing some charts. */
  const load = async (): Promise<void> => {
    cancel = null;
    try {
      plotly = await import('./plotlyBundle.ts');
      request();
    } catch {
      if (!disposed) onState('failed');
    }
  };

  const unwatch = watchSize(plot, request);
  const themes = new MutationObserver(themed);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'data-theme'] });
  const leave = cursor?.subscribe(placeCursor);
  plot.setAttribute('aria-label', describeFigure(figure));
  placeCursor();
  cancel = idleQueue.add(load);

  return {
    setFigure(next, isLive = false) {
      if (next === figure) return;
      figure = next;
      // What waits for its turn among the quiet figures must not hold up the hand.
      if (isLive && !live && plotly !== null) stopWaiting();
      live = isLive;
      request();
    },
    dispose() {
      disposed = true;
      stopWaiting();
      leave?.();
      unwatch();
      themes.disconnect();
      plotly?.purge(plot);
    },
  };
}

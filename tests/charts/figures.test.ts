import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endLabels, spreadOut } from '../../src/charts/endLabels.ts';
import { describeFigure, type Figure, SERIES_TOKENS, shareOfAxis } from '../../src/charts/figure.ts';
import { createIdleQueue } from '../../src/charts/idleQueue.ts';
import { distanceFigure, qualityFigure } from '../../src/charts/qualityFigure.ts';
import { type ScheduleCurve, scheduleFigure } from '../../src/charts/scheduleFigure.ts';
import type { ChartTheme } from '../../src/charts/theme.ts';
import { evenTicks, logTicks, tickTexts } from '../../src/charts/ticks.ts';
import { toPlotly } from '../../src/charts/toPlotly.ts';
import { lossFigure } from '../../src/charts/trainingFigures.ts';
import { createRng } from '../../src/core/rng.ts';

function curve(label: string, beta: number, active: boolean): ScheduleCurve {
  const betas = new Float64Array(1000).fill(beta);
  const signal = betas.map((_, i) => (1 - beta) ** (i + 1));
  const logSnr = signal.map((share) => Math.log(share / (1 - share)));
  return { label, betas, signal, logSnr, active };
}

const theme = {
  text: '#000000',
  muted: '#555555',
  grid: '#dddddd',
  colours: {
    data: '#0000ff',
    sample: '#ff8800',
    prediction: '#008080',
    accent: '#4400ff',
    muted: '#555555',
    ...Object.fromEntries(SERIES_TOKENS.map((name, i) => [name, `#${i}${i}${i}${i}${i}${i}`])),
  } as ChartTheme['colours'],
  font: 'sans-serif',
  textScale: 1,
  emphasis: 1,
};

describe('the schedule chart', () => {
  it('shows the schedule in force first and each overlay in another line', () => {
    const figure = scheduleFigure([curve('cosine', 0.02, false), curve('linear', 0.01, true)], 'beta');
    expect(figure.lines.map((line) => line.name)).toEqual(['linear', 'cosine']);
    expect(figure.lines[0]!.dash).toBeUndefined();
    expect(figure.lines[1]!.dash).toEqual([8, 4]);
  });

  it('has an even axis for β, on which the linear schedule is a straight line, and a logarithmic one when asked', () => {
    const betas = Float64Array.from({ length: 200 }, (_, i) => 0.0005 + (0.0995 * i) / 199);
    const linear = { ...curve('linear', 0.01, true), betas };
    const figure = scheduleFigure([linear], 'beta');
    expect(figure.yLog).toBe(false);
    expect(figure.yRange[0]).toBe(0);
    const { x, y } = figure.lines[0]!;
    const slope = (y.at(-1)! - y[0]!) / (x.at(-1)! - x[0]!);
    for (const [i, t] of x.entries()) expect(y[i]).toBeCloseTo(y[0]! + slope * (t - x[0]!), 10);
    expect(scheduleFigure([linear], 'beta', { log: true }).yLog).toBe(true);
  });

  it('lets no last huge step flatten all the others', () => {
    const betas = Float64Array.from({ length: 200 }, (_, i) => (i === 199 ? 0.999 : 0.02));
    expect(scheduleFigure([{ ...curve('cosine', 0.02, true), betas }], 'beta').yRange[1]).toBeLessThan(0.05);
  });

  it('tells nine schedules apart by colour and by dash', () => {
    const nine = Array.from({ length: 9 }, (_, i) => curve(`schedule ${i}`, 0.01 * (i + 1), i === 0));
    const { lines } = scheduleFigure(nine, 'alpha-bar');
    expect(new Set(lines.map(({ colour }) => colour)).size).toBe(9);
    expect(new Set(lines.map(({ dash }) => JSON.stringify(dash))).size).toBe(9);
  });

  it('shows ᾱ and ln(ᾱ/(1 − ᾱ)) against t = i/T', () => {
    const curves = [curve('linear', 0.01, true)];
    const alphaBar = scheduleFigure(curves, 'alpha-bar').lines[0]!;
    expect(alphaBar.x[alphaBar.x.length - 1]).toBe(1);
    expect(alphaBar.y[0]).toBeCloseTo(0.99);
    const logSnr = scheduleFigure(curves, 'log-snr').lines[0]!;
    expect(logSnr.y[0]).toBeCloseTo(Math.log(0.99 / 0.01));
    expect(logSnr.x.length).toBeLessThanOrEqual(400);
  });

  it('names what only a chain calls ᾱ and β', () => {
    const curves = [curve('VE', 0.01, true)];
    expect(scheduleFigure(curves, 'alpha-bar').yTitle).toBe('signal left ᾱ');
    expect(scheduleFigure(curves, 'alpha-bar', { chain: false }).yTitle).toBe('α²/(α² + σ²)');
    expect(scheduleFigure(curves, 'beta', { chain: false }).yTitle).toBe('equivalent β');
  });

  it('stays finite where no signal is left', () => {
    const dead: ScheduleCurve = {
      label: 'dead',
      betas: [0.5, 1],
      signal: [0.5, 0],
      logSnr: [0, Number.NEGATIVE_INFINITY],
      active: true,
    };
    const figure = scheduleFigure([dead], 'log-snr');
    expect(figure.lines[0]!.y.every(Number.isFinite)).toBe(true);
    expect(figure.yRange.every(Number.isFinite)).toBe(true);
  });

  it('places the cursor by t', () => {
    expect(shareOfAxis(scheduleFigure([], 'beta'), 0.25)).toBe(0.25);
    expect(shareOfAxis(scheduleFigure([], 'beta'), 7)).toBe(1);
  });
});

const quality = (step: number, value: number, samples = 2000) => {
  const measured = { value, error: 0.01, perfect: 0.01 };
  return { step, samples, slicedW2: measured, strays: measured, missed: measured };
};

describe('the training charts', () => {
  const steps = Array.from({ length: 5000 }, (_, i) => i + 1);

  it('shows the loss as its distance above the exact answer’s', () => {
    const figure = lossFigure({ steps, losses: steps.map((step) => 0.25 + 1 / step), least: 0.25 });
    expect(figure.lines.map((line) => line.name)).toEqual(['per batch', 'your network']);
    const smoothed = figure.lines[1]!;
    expect(smoothed.y.at(-1)).toBeGreaterThan(0.9 / 5000);
    expect(smoothed.y.at(-1)).toBeLessThan(1.3 / 5000);
    expect([figure.xLog, figure.yLog]).toEqual([true, true]);
    for (const line of figure.lines) expect(line.x.length).toBeLessThanOrEqual(400);
    expect(describeFigure(figure)).toMatch(/^loss above the exact answer’s: your network from .*chance/);
  });

  it('shows the loss itself while that of the exact answer is not known', () => {
    const figure = lossFigure({ steps, losses: steps.map((step) => 0.25 + 1 / step), least: null });
    expect(figure.title).toBe('training loss');
    expect(figure.lines[1]!.y.at(-1)).toBeCloseTo(0.25, 2);
    expect(figure.bands).toEqual([]);
  });

  it('draws no network as better than the exact answer, and says where the difference is chance', () => {
    const rng = createRng(3);
    const losses = steps.map(() => 0.249 + 0.02 * rng.normal());
    const figure = lossFigure({ steps, losses, least: 0.25 });
    const [band] = figure.bands!;
    expect(figure.lines[1]!.y.every((y) => y > 0)).toBe(true);
    // Two standard errors of a mean over about a fifth of the steps.
    expect(figure.lines[1]!.y.at(-1)).toBeCloseTo(band!.high.at(-1)!, 3);
    expect(band!.high.at(-1)).toBeLessThan(0.003);
  });

  it('shows shares in percent over the bands of true draws', () => {
    const figure = qualityFigure([quality(10, 0.2), quality(20, 0.05)]);
    expect(figure.lines.map((line) => line.name)).toEqual(['strays', 'missed']);
    for (const line of figure.lines) expect(line).toMatchObject({ x: [10, 20], y: [20, 5] });
    for (const band of figure.bands!) {
      expect(band.low[0]).toBeLessThan(1);
      expect(band.high[0]).toBeGreaterThan(1);
    }
    expect(figure.yTitle).toMatch(/%/);
    expect(describeFigure(figure)).toMatch(/strays from 20 to 5; .*true draws, 1 %/);
  });

  it('shows nothing as better than true draws', () => {
    for (const figureOf of [qualityFigure, distanceFigure]) {
      const figure = figureOf([quality(20, 0), quality(100, 0.002)]);
      for (const [i, line] of figure.lines.entries()) {
        const band = figure.bands![i]!;
        for (const y of line.y) expect(y).toBeGreaterThanOrEqual(band.low[0]!);
      }
    }
  });

  it('shows one number for nearly the same model, the mean over all samples, and no model twice', () => {
    const points = [quality(100, 0.3), quality(940, 0.1), quality(2850, 0.2), quality(3000, 0.1, 6000)];
    const [line] = qualityFigure(points).lines;
    expect(line!.x).toEqual([100, 940, 3000]);
    for (const [i, y] of [30, 10, 12.5].entries()) expect(line!.y[i]).toBeCloseTo(y, 10);
    const rising = Array.from({ length: 500 }, (_, k) => quality(k + 1, 1));
    const { x } = qualityFigure(rising).lines[0]!;
    for (const [i, step] of [...x].entries()) if (i > 0) expect(step).toBeGreaterThan(x[i - 1]!);
    expect(x.at(-1)).toBe(500);
  });

  it('says so while there is nothing', () => {
    expect(lossFigure({ steps: [], losses: [], least: 0.2 }).lines).toEqual([]);
    expect(describeFigure(lossFigure({ steps: [], losses: [], least: 0.2 }))).toMatch(/no training step yet/);
    expect(qualityFigure([]).yRange).toEqual([0.1, 1]);
  });
});

describe('the translation to plotly', () => {
  it('uses trace types that its bundle has, the theme’s colours, and axes that do not move', () => {
    const { data, layout } = toPlotly(qualityFigure([quality(1, 1), quality(2, 0.5)]), theme, 400);
    expect(data.every((trace) => trace.type === 'scatter')).toBe(true);
    expect(JSON.stringify(data)).toContain('#ff8800');
    expect(layout.xaxis?.range).toEqual([0, 2]);
    expect(layout.margin?.autoexpand).toBe(false);
  });
});

it.each([200, 260, 320, 600])('labels on the x axis stand side by side in %i pixels, and level', (width) => {
  const steps = Array.from({ length: 300 }, (_, k) => 10 * (k + 1));
  const figure = lossFigure({ steps, losses: steps.map((step) => 1 + 1 / step), least: 0.2 });
  const { xaxis } = toPlotly(figure, theme, width).layout;
  const labels = xaxis?.ticktext as string[];
  expect(labels.length).toBeGreaterThan(1);
  // A digit of 12 px is 7 wide, and 10 are left between two labels.
  expect(labels.reduce((sum, label) => sum + 7 * label.length + 10, 0)).toBeLessThan(width - 58 - 20 + 10);
  expect(xaxis?.tickangle).toBe(0);
});

describe('logarithmic ticks', () => {
  it('are few and round over any number of decades', () => {
    expect(logTicks([0.05, 0.5])).toEqual([0.05, 0.1, 0.2, 0.5]);
    expect(logTicks([1e-4, 1e-1])).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    for (const high of [1e-3, 1, 1e3, 1e9]) expect(logTicks([1e-5, high]).length).toBeLessThanOrEqual(6);
  });

  it('are written in one way on one axis', () => {
    expect(tickTexts([0.05, 0.1, 2])).toEqual(['0.05', '0.1', '2']);
    expect(tickTexts([1e-6, 1e-4, 0.01, 1])).toEqual(['10⁻⁶', '10⁻⁴', '10⁻²', '10⁰']);
    expect(tickTexts([100, 1000, 10_000])).toEqual(['100', '1\u202f000', '10\u202f000']);
    expect(tickTexts([-10, 0, 10])).toEqual(['−10', '0', '10']);
    expect(tickTexts([2e-6, 1e5])).toEqual(['2·10⁻⁶', '10⁵']);
  });

  it('are few and round on an even axis', () => {
    expect(evenTicks([0, 1])).toEqual([0, 0.5, 1]);
    expect(evenTicks([0, 1], 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(evenTicks([0, 0.12])).toEqual([0, 0.05, 0.1]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
        (low, span) => {
          const ticks = evenTicks([low, low + span]);
          expect(ticks.length).toBeLessThanOrEqual(5);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - 1e-6 * span - 1e-9);
            expect(tick).toBeLessThanOrEqual(low + span + 1e-6 * span + 1e-9);
          }
        },
      ),
    );
  });
});

describe('the names at the ends of lines', () => {
  const ending = (name: string, y: readonly number[]) =>
    ({ name, x: y.map((_, i) => i / (y.length - 1)), y, colour: 'accent' }) as const;
  const figureOf = (lines: Figure['lines']): Figure => ({
    title: '',
    xTitle: '',
    yTitle: '',
    xRange: [0, 1],
    yRange: [0, 1],
    yLog: false,
    lines,
  });

  it('stand at the ends where there is room', () => {
    const labels = endLabels(figureOf([ending('low', [0, 0.25]), ending('high', [0, 0.75])]), 100, 15);
    expect(labels.map(({ name, end, middle }) => [name, end, middle])).toEqual([
      ['high', 25, 25],
      ['low', 75, 75],
    ]);
  });

  it('never overlap and never leave the chart, nine that end together too, in the order of their ways', () => {
    const nine = Array.from({ length: 9 }, (_, i) => ending(`way ${i}`, [1, i / 10, 0]));
    const labels = endLabels(figureOf(nine), 150, 15);
    const middles = labels.map(({ middle }) => middle);
    for (const [i, middle] of middles.entries())
      if (i > 0) expect(middle - middles[i - 1]!).toBeGreaterThanOrEqual(15 - 1e-9);
    expect(middles[0]).toBeGreaterThanOrEqual(7.5);
    expect(middles.at(-1)).toBeLessThanOrEqual(150);
    expect(labels.map(({ name }) => name)).toEqual(nine.map(({ name }) => name).toReversed());
  });

  it('are moved no more than needed', () => {
    expect(spreadOut([10, 50, 52], 10, [0, 100])).toEqual([10, 46, 56]);
    expect(spreadOut([], 10, [0, 100])).toEqual([]);
  });
});

describe('the idle queue', () => {
  it('does one piece at a time, goes on after a failure, and skips what was taken back', async () => {
    const scheduled: (() => void)[] = [];
    const queue = createIdleQueue((callback) => scheduled.push(callback));
    const done: string[] = [];
    queue.add(() => void done.push('a'));
    const takeBack = queue.add(() => void done.push('b'));
    queue.add(() => void done.push('c'));
    takeBack();
    expect(scheduled.length).toBe(1);
    while (scheduled.length > 0) {
      scheduled.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(done).toEqual(['a', 'c']);
  });
});

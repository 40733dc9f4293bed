import { describe, expect, it } from 'vitest';
import { describeFigure, shareOfAxis } from '../../src/charts/figure.ts';
import { createIdleQueue } from '../../src/charts/idleQueue.ts';
import { qualityFigure } from '../../src/charts/qualityFigure.ts';
import { type ScheduleCurve, scheduleFigure } from '../../src/charts/scheduleFigure.ts';
import { logTicks, tickText } from '../../src/charts/ticks.ts';
import { toPlotly } from '../../src/charts/toPlotly.ts';
import { lossFigure } from '../../src/charts/trainingFigures.ts';

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
  colours: { data: '#0000ff', sample: '#ff8800', prediction: '#008080', accent: '#4400ff', muted: '#555555' },
  font: 'sans-serif',
  textScale: 1,
  emphasis: 1,
};

describe('the schedule chart', () => {
  it('shows the schedule in force first and each overlay in another line', () => {
    const figure = scheduleFigure([curve('cosine', 0.02, false), curve('linear', 0.01, true)], 'beta');
    expect(figure.lines.map((line) => line.name)).toEqual(['linear', 'cosine']);
    expect(figure.lines[0]!.dash).toBeUndefined();
    expect(figure.lines[1]!.dash).toBe('dash');
    expect(figure.yLog).toBe(true);
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
    expect(scheduleFigure(curves, 'alpha-bar').yTitle).toBe('ᾱₜ');
    expect(scheduleFigure(curves, 'alpha-bar', { chain: false }).yTitle).toBe('α²/(α² + σ²)');
    expect(scheduleFigure(curves, 'beta', { chain: false }).yTitle).toBe('equivalent βₜ');
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

  it('shows the loss raw, smoothed and of the exact answer', () => {
    const figure = lossFigure({ steps, losses: steps.map((step) => 0.3 + 1 / step), least: 0.25 });
    expect(figure.lines.map((line) => line.name)).toEqual(['per batch', 'smoothed', 'exact answer']);
    expect(figure.lines[2]!.y).toEqual([0.25, 0.25]);
    for (const line of figure.lines) expect(line.x.length).toBeLessThanOrEqual(400);
    expect(describeFigure(figure)).toMatch(/^Training loss: per batch from 1\.3 to 0\.3/);
  });

  it('shows quality as so many times that of true draws', () => {
    const figure = qualityFigure([quality(10, 0.2), quality(20, 0.05)]);
    expect(figure.lines.map((line) => line.name)).toEqual(['strays', 'missed', 'sliced W₂', 'true draws']);
    for (const line of figure.lines.slice(0, 3)) expect(line).toMatchObject({ x: [10, 20], y: [20, 5] });
    expect(figure.lines[3]!.y).toEqual([1, 1]);
    expect(figure.yRange[0]).toBeLessThanOrEqual(1);
    expect(describeFigure(figure)).toMatch(/^Beside true draws: strays from 20 to 5; .*true draws 1/);
  });

  it('shows a share of 0 below one sample, on an axis that has no 0', () => {
    expect(qualityFigure([quality(20, 0)]).lines[0]!.y).toEqual([0.025]);
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
    const { data, layout } = toPlotly(qualityFigure([quality(1, 1), quality(2, 0.5)]), theme);
    expect(data.every((trace) => trace.type === 'scatter')).toBe(true);
    expect(JSON.stringify(data)).toContain('#ff8800');
    expect(layout.xaxis?.range).toEqual([0, 100]);
    expect(layout.margin?.autoexpand).toBe(false);
  });
});

describe('logarithmic ticks', () => {
  it('are few and round over any number of decades', () => {
    expect(logTicks([0.05, 0.5])).toEqual([0.05, 0.1, 0.2, 0.5]);
    expect(logTicks([1e-4, 1e-1])).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    for (const high of [1e-3, 1, 1e3, 1e9]) expect(logTicks([1e-5, high]).length).toBeLessThanOrEqual(6);
  });

  it('are written as people write them', () => {
    expect([0.05, 2, 1e-4, 1e-5, 2e-6, 1e5].map(tickText)).toEqual([
      '0.05',
      '2',
      '0.0001',
      '10⁻⁵',
      '2·10⁻⁶',
      '10⁵',
    ]);
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

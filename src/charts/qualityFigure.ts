import type { Measured } from '../core/metrics/measured.ts';
import type { Figure, Line } from './figure.ts';
import { axisEnd, logRange, thin } from './series.ts';

export interface QualityOfStep {
  readonly step: number;
  readonly samples: number;
  readonly slicedW2: Measured;
  readonly strays: Measured;
  readonly missed: Measured;
}

type Measure = 'slicedW2' | 'strays' | 'missed';

const LOOKS: readonly (Pick<Line, 'name' | 'colour' | 'dash'> & { readonly measure: Measure })[] = [
  { measure: 'strays', name: 'strays', colour: 'sample' },
  { measure: 'missed', name: 'missed', colour: 'prediction', dash: 'dot' },
  { measure: 'slicedW2', name: 'sliced W₂', colour: 'accent', dash: 'dashdot' },
];

/** Models of so large a part of the steps are nearly the same, and their numbers differ by chance. */
const NEARLY_SAME = 0.95;
/** A share of 0 has no place on a logarithmic axis: it is less than one sample of a draw. */
const LEAST_SHARE = 0.5 / 2000;

/** Nearly the same models as one, at the last of their steps: the mean over all samples, over that of true draws. */
function onePerModel(points: readonly QualityOfStep[], measure: Measure): { x: number[]; y: number[] } {
  const groups: { first: number; last: number; samples: number; sum: number }[] = [];
  for (const { step, samples, [measure]: measured } of points) {
    const latest = groups.at(-1);
    const value = measure === 'slicedW2' ? measured.value : Math.max(LEAST_SHARE, measured.value);
    const sum = (samples * value) / measured.perfect;
    if (latest && latest.first >= NEARLY_SAME * step) {
      latest.last = step;
      latest.samples += samples;
      latest.sum += sum;
    } else groups.push({ first: step, last: step, samples, sum });
  }
  return { x: groups.map(({ last }) => last), y: groups.map(({ sum, samples }) => sum / samples) };
}

/** Strays, what is missed and sliced W₂ against steps, each as so many times what true draws have. */
export function qualityFigure(points: readonly QualityOfStep[]): Figure {
  const n = points.length;
  const end = axisEnd(Math.max(points[n - 1]?.step ?? 0, 100));
  const lines: Line[] = [];
  if (n > 0) {
    for (const { measure, ...look } of LOOKS) {
      const { x, y } = onePerModel(points, measure);
      lines.push({ ...look, ...thin(x, y), width: 2.5, markers: n <= 40 });
    }
    lines.push({ name: 'true draws', x: [0, end], y: [1, 1], colour: 'data', width: 2, dash: 'dash' });
  }
  return {
    title: 'Beside true draws',
    xTitle: 'training step',
    yTitle: 'times true draws',
    xRange: [0, end],
    yRange: logRange(lines.flatMap((line) => line.y)),
    yLog: true,
    lines,
    empty: 'no samples yet',
  };
}

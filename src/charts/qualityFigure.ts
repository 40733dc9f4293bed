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

export const QUALITY_KINDS = ['slicedW2', 'strays', 'missed'] as const;
export type QualityKind = (typeof QUALITY_KINDS)[number];

interface Words {
  readonly title: string;
  readonly yTitle: string;
  readonly unit: number;
}

const WORDS: Readonly<Record<QualityKind, Words>> = {
  slicedW2: { title: 'Sliced W₂ to the data', yTitle: 'data units', unit: 1 },
  strays: { title: 'Samples off the data', yTitle: '% of the samples', unit: 100 },
  missed: { title: 'Data that is missed', yTitle: '% of the data', unit: 100 },
};

/** Models of so large a part of the steps are nearly the same, and their numbers differ by chance. */
const NEARLY_SAME = 0.95;

/** Nearly the same models as one, at the last of their steps: the mean over all samples. */
function onePerModel(points: readonly QualityOfStep[], kind: QualityKind): { x: number[]; y: number[] } {
  const groups: { first: number; last: number; samples: number; sum: number }[] = [];
  for (const { step, samples, [kind]: measured } of points) {
    const latest = groups.at(-1);
    const sum = samples * measured.value;
    if (latest && latest.first >= NEARLY_SAME * step) {
      latest.last = step;
      latest.samples += samples;
      latest.sum += sum;
    } else groups.push({ first: step, last: step, samples, sum });
  }
  return { x: groups.map(({ last }) => last), y: groups.map(({ sum, samples }) => sum / samples) };
}

/** One of the measures of quality against steps, beside what true draws have. */
export function qualityFigure(
  points: readonly QualityOfStep[],
  kind: QualityKind,
  perfect: number | null,
): Figure {
  const { title, yTitle, unit } = WORDS[kind];
  const n = points.length;
  const end = axisEnd(Math.max(points[n - 1]?.step ?? 0, 100));
  const { x, y } = onePerModel(points, kind);
  // A share of 0 has no place on a logarithmic axis: less than one sample of a draw.
  const least = kind === 'slicedW2' ? 0 : 0.5 / 2000;
  const measured = thin(
    x,
    y.map((value) => unit * Math.max(value, least)),
  );
  const lines: Line[] = [];
  if (n > 0) lines.push({ name: 'samples', ...measured, colour: 'sample', width: 2.5, markers: n <= 40 });
  if (perfect !== null && perfect > 0) {
    const level = (factor: number): Pick<Line, 'x' | 'y'> => ({
      x: [0, end],
      y: [factor * unit * perfect, factor * unit * perfect],
    });
    lines.push({ name: 'true draws', ...level(1), colour: 'data', width: 2 });
    lines.push({ name: '2 × true draws', ...level(2), colour: 'data', width: 1.5, dash: 'dash' });
  }
  return {
    title,
    xTitle: 'training step',
    yTitle,
    xRange: [0, end],
    yRange: logRange(lines.flatMap((line) => line.y)),
    yLog: true,
    lines,
    empty: 'no samples yet',
  };
}

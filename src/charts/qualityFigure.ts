import type { Measured } from '../core/metrics/measured.ts';
import type { Band, Figure, Line } from './figure.ts';
import { logRange } from './series.ts';
import { stepAxis } from './trainingFigures.ts';

export interface QualityOfStep {
  readonly step: number;
  readonly samples: number;
  readonly slicedW2: Measured;
  readonly strays: Measured;
  readonly missed: Measured;
}

type Measure = 'slicedW2' | 'strays' | 'missed';

interface Look extends Pick<Line, 'name' | 'colour' | 'dash'> {
  readonly measure: Measure;
  /** By which what was measured is multiplied. */
  readonly unit: number;
}

const STRAYS: Look = { measure: 'strays', name: 'strays', colour: 'sample', unit: 100 };
const MISSED: Look = { measure: 'missed', name: 'missed', colour: 'prediction', dash: [2, 3], unit: 100 };
const DISTANCE: Look = { measure: 'slicedW2', name: 'your model', colour: 'accent', unit: 1 };

/** Models of so large a part of the steps are nearly the same, and their numbers differ by chance. */
const NEARLY_SAME = 0.95;
/** True draws lie within so many standard errors of what they have in the mean. */
const ERRORS = 2;
/** Samples of the draw whose scatter a share's band shows. */
const DRAW = 2000;

interface OfModel {
  readonly step: number;
  readonly value: number;
  readonly perfect: number;
  /** Half the band of true draws. */
  readonly scatter: number;
}

/** Nearly the same models as one, at the last of their steps: the mean over all samples. */
function onePerModel(points: readonly QualityOfStep[], { measure, unit }: Look): readonly OfModel[] {
  const groups: {
    first: number;
    last: number;
    samples: number;
    sum: number;
    perfect: number;
    errors: number;
  }[] = [];
  for (const { step, samples, [measure]: measured } of points) {
    const latest = groups.at(-1);
    const [sum, errors] = [samples * measured.value, (samples * measured.error) ** 2];
    if (latest && latest.first >= NEARLY_SAME * step) {
      latest.last = step;
      latest.samples += samples;
      latest.sum += sum;
      latest.errors += errors;
    } else groups.push({ first: step, last: step, samples, sum, errors, perfect: measured.perfect });
  }
  return groups.map(({ last, samples, sum, errors, perfect }) => {
    const ofShare = Math.sqrt((perfect * (1 - perfect)) / DRAW);
    const scatter = measure === 'slicedW2' ? Math.sqrt(errors) / samples : ofShare;
    return {
      step: last,
      value: (unit * sum) / samples,
      perfect: unit * perfect,
      scatter: unit * ERRORS * scatter,
    };
  });
}

interface Shown {
  readonly line: Line;
  readonly band: Band;
}

/** Nothing is better than true draws: what is below them is as good as they are. */
function shownOf(points: readonly QualityOfStep[], look: Look, range: readonly [number, number]): Shown {
  const models = onePerModel(points, look);
  const { measure: _, unit: __, ...style } = look;
  const perfect = models.at(-1)?.perfect ?? 0;
  const scatter = models.at(-1)?.scatter ?? 0;
  const line: Line = {
    ...style,
    x: models.map(({ step }) => step),
    y: models.map(({ value }) => Math.max(perfect, value)),
    width: 2.5,
    markers: models.length <= 40,
  };
  const band: Band = {
    name: `true draws, ${look.unit === 1 ? Number(perfect.toPrecision(2)) : `${Number(perfect.toPrecision(2))} %`}`,
    x: [...range],
    low: range.map(() => Math.max(perfect / 4, perfect - scatter)),
    high: range.map(() => perfect + scatter),
    colour: look.colour,
  };
  return { line, band };
}

function figureOf(
  points: readonly QualityOfStep[],
  looks: readonly Look[],
  words: Pick<Figure, 'title' | 'yTitle'>,
  most: number,
): Figure {
  const axis = stepAxis(points[0]?.step ?? 1, points.at(-1)?.step ?? 0);
  const shown = points.length === 0 ? [] : looks.map((look) => shownOf(points, look, axis.xRange));
  const [low, high] = logRange(shown.flatMap(({ line, band }) => [...line.y, ...band.low]));
  return {
    ...words,
    ...axis,
    yRange: [low, Math.min(most, high)],
    yLog: true,
    lines: shown.map(({ line }) => line),
    bands: shown.map(({ band }) => band),
    empty: 'no samples yet',
  };
}

/** Strays and what is missed against steps, percent, over the bands in which true draws lie. */
export function qualityFigure(points: readonly QualityOfStep[]): Figure {
  return figureOf(points, [STRAYS, MISSED], { title: 'strays and missed data', yTitle: '% of points' }, 100);
}

/** Sliced W₂ against steps, over the band in which true draws lie. */
export function distanceFigure(points: readonly QualityOfStep[]): Figure {
  const words = { title: 'from the samples to the data', yTitle: 'sliced W₂, units' };
  return figureOf(points, [DISTANCE], words, Number.POSITIVE_INFINITY);
}

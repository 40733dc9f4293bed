import { parameterizations } from '../core/parameterizations/index.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { NewNotice, Remedy } from './notices.ts';
import type { QualityEvent } from './qualityHistory.ts';

/** Samples so many times farther from the data than true draws are from each other are not near it any more. */
const FAR = 10;
/** Steps of Adam that are too large for most networks here. */
const HIGH_RATE = 0.01;

/** From here on, where a cure is at hand, it is offered. */
const SOME_STRAYS = 0.2;
const SOME_DISTANCES = 4;

/** More than this share of samples where the data are not is no model of the data. */
const MANY_STRAYS = 0.5;

/** A model of fewer steps of training has not been tried yet. */
const FEW_STEPS = 100;

type Measured = Pick<QualityEvent, 'source' | 'slicedW2' | 'strays'>;

/** Whether the samples of the person's own model left the data's neighbourhood, whatever its loss. */
export function hasFailed({ source, slicedW2, strays }: Measured): boolean {
  if (source !== 'own') return false;
  return !(slicedW2.value < FAR * slicedW2.perfect) || strays.value > MANY_STRAYS;
}

type Recipe = Pick<ExperimentConfig, 'learningRate' | 'output' | 'weighting'>;

/**
 * What is said of a model that rests and did not work or, where a cure is at hand, is far from done; null of one that did.
 * @param quality of the weights at rest
 * @param unfit whether the output has no answer where the noise is pure
 */
export function verdict(
  quality: (Measured & Pick<QualityEvent, 'step'>) | null,
  recipe: Recipe,
  unfit: boolean,
): NewNotice | null {
  if (quality === null || quality.source !== 'own') return null;
  const found = cure(recipe, unfit);
  if (hasFailed(quality)) {
    const areNumbers = Number.isFinite(quality.slicedW2.value);
    // The header says what is left to gain.
    if (areNumbers && found === null && quality.step < FEW_STEPS) return null;
    const message = areNumbers
      ? 'This model did not work: its samples lie far from the data, though its loss is a finite number.'
      : 'This model did not work: its samples are not even finite numbers.';
    return { tone: 'error', message, ...(found ?? TRY), about: 'model' };
  }
  if (found === null || !isFarFromDone(quality)) return null;
  const message =
    'Many of the samples are far from the data, and something stands in the way of better ones.';
  return { tone: 'warning', message, ...found, about: 'model' };
}

const TRY = { advice: 'Train longer, lower the learning rate, or raise the batch size.' };

/** Where training on would not be enough. */
const isFarFromDone = ({ slicedW2, strays }: Measured): boolean =>
  strays.value > SOME_STRAYS || slicedW2.value > SOME_DISTANCES * slicedW2.perfect;

/** What the likely cure of a model that does not learn is; null where nothing stands out. */
export function cure(
  { learningRate, output, weighting }: Recipe,
  unfit: boolean,
): Pick<NewNotice, 'advice' | 'remedies'> | null {
  const advice: string[] = [];
  const remedies: Remedy[] = [];
  if (unfit) {
    const symbol = parameterizations.get(output).label.replace(/ .*$/, '');
    advice.push(`Where the noise is pure, ${symbol} says nothing about the data. Predict v or x₀.`);
  }
  if (learningRate >= HIGH_RATE) {
    advice.push(`The learning rate of ${learningRate} is high: lower it to 0.003, which trains anew.`);
    remedies.push('lower-rate');
  }
  if (!unfit && (output === 'mu' || weighting === 'variational')) {
    advice.push('Its error is hugely uneven over t: predict v or x₀, and weight all levels alike.');
  }
  if (unfit || output === 'mu' || weighting === 'variational') remedies.push('predict-v', 'predict-x0');
  return remedies.length === 0 ? null : { advice: advice.join(' '), remedies };
}

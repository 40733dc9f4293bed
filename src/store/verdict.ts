import type { ExperimentConfig } from '../experiment/types.ts';
import type { NewNotice } from './notices.ts';
import type { QualityEvent } from './qualityHistory.ts';

/** Samples so many times farther from the data than true draws are from each other are not near it any more. */
const FAR = 10;
/** Steps of Adam that are too large for most networks here. */
const HIGH_RATE = 0.01;

/** More than this share of samples where the data are not is no model of the data. */
const MANY_STRAYS = 0.5;

type Measured = Pick<QualityEvent, 'source' | 'slicedW2' | 'strays'>;

/** Whether the samples of the person's own model left the data's neighbourhood, whatever its loss. */
export function hasFailed({ source, slicedW2, strays }: Measured): boolean {
  if (source !== 'own') return false;
  return !(slicedW2.value < FAR * slicedW2.perfect) || strays.value > MANY_STRAYS;
}

/**
 * What is said of a model that rests and did not work, with the likely cure; null of one that did, or is still learning.
 * @param unfit whether the output has no answer where the noise is pure
 */
export function verdict(
  quality: Measured | null,
  config: Pick<ExperimentConfig, 'learningRate' | 'output' | 'weighting'>,
  unfit: boolean,
): NewNotice | null {
  if (quality === null || !hasFailed(quality)) return null;
  const message = Number.isFinite(quality.slicedW2.value)
    ? 'This model did not work: its samples lie far from the data, though its loss is a finite number.'
    : 'This model did not work: its samples are not even finite numbers.';
  return { tone: 'error', message, ...cure(config, unfit), about: 'model' };
}

function cure(
  { learningRate, output, weighting }: Pick<ExperimentConfig, 'learningRate' | 'output' | 'weighting'>,
  unfit: boolean,
): Pick<NewNotice, 'advice' | 'remedies'> {
  const others = ['predict-v', 'predict-x0'] as const;
  if (unfit) {
    const advice = `Where the noise is pure, ${output} says nothing about the data. Predict v or x₀.`;
    return { advice, remedies: others };
  }
  if (learningRate >= HIGH_RATE) {
    return {
      advice: `The learning rate of ${learningRate} is high: lower it to 0.003, which trains anew.`,
      remedies: ['lower-rate'],
    };
  }
  if (output === 'mu' || weighting === 'variational') {
    return { advice: 'Predict v or x₀, and weight all levels alike.', remedies: others };
  }
  return { advice: 'Train longer, lower the learning rate, or raise the batch size.' };
}

import type { Measured } from '../protocol/protocol.ts';
import { ENOUGH_SAMPLES, isLikeTruth } from '../store/likeTruth.ts';

/** A share as percent with its standard error: as many digits as the error leaves. */
export function percentText({ value, error }: Pick<Measured, 'value' | 'error'>): string {
  const digits = error < 0.0095 ? 1 : 0;
  return `${(100 * value).toFixed(digits)} ± ${(100 * error).toFixed(digits)} %`;
}

/** Share of the samples that are no strays. */
export const onTheData = ({ value, error }: Measured): Pick<Measured, 'value' | 'error'> => ({
  value: 1 - value,
  error,
});

/** How many times as far from the data as true draws are; short, however far that is. Nothing is nearer than they are. */
export function timesText({ value, perfect }: Measured): string {
  const times = Math.max(1, value / perfect);
  if (!Number.isFinite(times) || times >= 1000) return '> 999×';
  return `${times < 99.95 ? times.toFixed(1) : times.toFixed(0)}×`;
}

/** The standard error of `timesText`, " ± 0.2"; nothing beside a number that only says how far it is at least. */
export function timesErrorText(measured: Measured): string {
  const error = measured.error / measured.perfect;
  if (timesText(measured).startsWith('>') || !Number.isFinite(error)) return '';
  return ` ± ${error.toFixed(error < 99.95 ? 1 : 0)}`;
}

/** A distance and its standard error, data units. */
export function distanceText({ value, error }: Pick<Measured, 'value' | 'error'>): string {
  if (!(value < 1000)) return 'very far';
  return `${value.toFixed(3)} ± ${error.toFixed(3)}`;
}

/** A distance beside that of true draws: in words where the two cannot be told apart. */
export function distanceWords(measured: Measured): string {
  return isLikeTruth(measured) ? 'distance as of true draws' : `distance ${timesText(measured)} perfect`;
}

/** The same at four lengths. */
export interface TextByRoom {
  readonly full: string;
  /** In the fewest words. */
  readonly short: string;
  /** With standard errors only of a single number. */
  readonly brief: string;
  /** For a card on a phone. */
  readonly least: string;
}

/**
 * How good the samples of a stage are where they end, whatever time is shown; in words first. Few samples are not held against
 * true draws: more of them could turn the judgement round.
 */
export function stageQualityText({
  samples,
  strays,
  slicedW2,
}: {
  readonly samples: number;
  readonly strays: Measured;
  readonly slicedW2: Measured;
}): TextByRoom {
  const onData = onTheData(strays);
  const share = percentText(onData);
  const least = `${(100 * onData.value).toFixed(1)} %`;
  const shareAlone = { short: `${share} on data`, brief: `${share} on data`, least };
  if (samples < ENOUGH_SAMPLES) return { full: `${share} end on the data`, ...shareAlone };
  const full = `${share} end on the data · ${distanceWords(slicedW2)}`;
  if (isLikeTruth(strays) && isLikeTruth(slicedW2)) {
    return {
      full: `ends as good as true draws · ${share} on the data`,
      short: 'as true draws',
      brief: 'as true draws',
      least,
    };
  }
  if (isLikeTruth(slicedW2)) return { full, ...shareAlone };
  const times = timesText(slicedW2);
  return {
    full,
    short: `${share} on data · ${times}${timesErrorText(slicedW2)}`,
    brief: `${least} on data · ${times}`,
    least,
  };
}

/** How far samples are from what a condition asks for, beside two exact draws of that. */
export function targetText(distance: Measured): Pick<TextByRoom, 'full' | 'short' | 'least'> {
  if (isLikeTruth(distance))
    return { full: 'as good as exact draws', short: 'as exact draws', least: 'as exact' };
  const times = timesText(distance);
  return {
    full: `${times}${timesErrorText(distance)} as far from the target as exact draws`,
    short: `${times}${timesErrorText(distance)} off target`,
    least: times,
  };
}

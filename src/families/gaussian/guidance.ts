import { guideByWeight } from '../../core/guidance/classifierFree.ts';
import type { Density, Space } from '../../core/types.ts';
import type { AskedClass } from '../../views/types.ts';
import type { GaussianExperiment } from './experiment.ts';

/** A question about any class. */
export const ANY_CLASS: AskedClass = { ofClass: 0, guidance: 0 };

/** What can be asked in this experiment: while settings are on their way, a class may not be taught any more. */
export function askable({ ofClass, guidance }: AskedClass, { classes }: GaussianExperiment): AskedClass {
  return ofClass >= 1 && ofClass <= classes.length ? { ofClass, guidance } : ANY_CLASS;
}

/** Whether both the answer for the class and that for any are needed. */
export const isGuided = ({ ofClass, guidance }: AskedClass): boolean => ofClass > 0 && guidance !== 0;

/**
 * An answer with guidance, (1 + w)·(answer for the class) − w·(answer for any): Ho & Salimans 2022, Eq. 6.
 * @param answerFor the answer, of whatever kind, for a class 1…K, or 0 for any
 */
export function guided<X>(
  space: Pick<Space<X>, 'combine'>,
  asked: AskedClass,
  answerFor: (ofClass: number) => X,
): X {
  const { ofClass, guidance } = asked;
  if (!isGuided(asked)) return answerFor(ofClass);
  return guideByWeight(space, answerFor(ofClass), answerFor(0), guidance);
}

/** The same of arrays, which may have to be awaited. */
export async function guidedArray(
  asked: AskedClass,
  answerFor: (ofClass: number) => ArrayLike<number> | Promise<ArrayLike<number>>,
): Promise<ArrayLike<number>> {
  const own = await answerFor(asked.ofClass);
  if (!isGuided(asked)) return own;
  const any = await answerFor(0);
  const w = asked.guidance;
  return Float64Array.from(own, (value, i) => (1 + w) * value - w * any[i]!);
}

/** The exact density of a class, 1…K, or of all for 0; scaled units. */
export function densityFor({ classes, density }: GaussianExperiment, ofClass: number): Density {
  return ofClass === 0 ? density : classes[ofClass - 1]!;
}

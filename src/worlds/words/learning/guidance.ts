import type { AttributeId } from '../../../core/words/attributes.ts';
import { controlled } from '../../../core/words/control.ts';
import type { DenoiserId } from '../../../families/discrete/requests.ts';
import type { ControlRequest } from '../settings.ts';
import type { Guidance } from './methods/method.ts';
import type { WordsModel } from './model.ts';

/** Learns the classifiers that are asked for first. @returns null where samples are left alone */
export function* guidanceOf(
  { classifiers, net }: WordsModel,
  { asked, way, scale }: ControlRequest,
  denoiser: DenoiserId,
): Generator<void, Guidance | null> {
  const ids = Object.keys(asked) as AttributeId[];
  if (classifiers === null || way === 'none' || ids.length === 0) return null;
  if (way === 'learned' && denoiser === 'learned') yield* classifiers.learn(ids, net.step);
  return {
    automaton: controlled(asked),
    way,
    scale,
    slopes: (inputs, n) => classifiers.slopes(asked, inputs, n),
  };
}

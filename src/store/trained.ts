import type { Measured } from '../protocol/protocol.ts';
import type { QualityPoint } from './qualityHistory.ts';

/** What is within twice that of true draws is as good as the eye can tell, or two of a hundred: own points may have none astray, */
const NEAR_ENOUGH = 2;
const FEW = 0.02;
/** and so is a distance within a quarter of theirs. */
const DISTANCE_ENOUGH = 1.25;
/** A number must be this many standard errors beyond the limit to say that something is left to gain. */
const SURE = 2;

const isBeyond = ({ value, error }: Measured, limit: number): boolean => !(value - SURE * error <= limit);
const shareLimit = ({ perfect }: Measured): number => Math.max(FEW, NEAR_ENOUGH * perfect);

/** What training can still gain, worst first as the eye sees it; null where the model is as good as true draws. */
export type LeftToGain = { readonly what: 'strays' | 'missed' | 'slicedW2'; readonly measured: Measured };

export function leftToGain({ strays, missed, slicedW2 }: QualityPoint): LeftToGain | null {
  if (isBeyond(strays, shareLimit(strays))) return { what: 'strays', measured: strays };
  if (isBeyond(missed, shareLimit(missed))) return { what: 'missed', measured: missed };
  if (isBeyond(slicedW2, DISTANCE_ENOUGH * slicedW2.perfect)) return { what: 'slicedW2', measured: slicedW2 };
  return null;
}

import type { Measured } from '../protocol/protocol.ts';

/** True draws scatter too: what is this many standard errors beyond them, or nearer, cannot be told from them. */
const SURE = 2;
/** Nor does anybody care for a difference so small, however sure it is. */
const NEAR = 1.05;

/** Of fewer samples little is told from true draws, and how many times farther they are depends on how few they are. */
export const ENOUGH_SAMPLES = 2000;

/**
 * Whether a number, of which less is better, is as good as that of true draws. Nothing is better: what is below theirs is so by
 * chance.
 */
export const isLikeTruth = ({ value, error, perfect }: Measured): boolean =>
  value - SURE * error <= perfect || value <= NEAR * perfect;

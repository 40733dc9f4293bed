import { letterCodec } from '../experiment/letterCodecs.ts';
import type { Part } from './types.ts';

/** Whose answer a stage shows: the network's, the exact one, or how they differ. */
export type Source = 'learned' | 'exact' | 'error';

export const sourcePart = (fallback: Source): Part<Source> => ({
  name: 'source',
  word: 'source',
  codec: letterCodec({ learned: 'l', exact: 'e', error: 'd' }),
  fallback,
});

/** The answers that a stage needs. */
export const answersOf = (source: Source): readonly ('learned' | 'exact')[] =>
  source === 'error' ? ['learned', 'exact'] : [source];

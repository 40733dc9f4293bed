import type { OtherWorldId } from './ids.ts';
import type { Learner } from './learner.ts';

const LOADERS: Readonly<Record<OtherWorldId, () => Promise<unknown>>> = {
  bits: async () => (await import('./bits/learn.ts')).bitsLearner,
  categories: async () => (await import('./categories/learn.ts')).categoriesLearner,
  words: async () => (await import('./words/learn.ts')).wordsLearner,
};

/** What the worker needs of a world: one line each above. */
export const loadLearner = async (id: OtherWorldId): Promise<Learner> => (await LOADERS[id]()) as Learner;

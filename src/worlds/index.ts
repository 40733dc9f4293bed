import type { OtherWorldId } from './ids.ts';
import type { World } from './world.ts';

const LOADERS: Readonly<Record<OtherWorldId, () => Promise<unknown>>> = {
  bits: async () => (await import('./bits/world.ts')).bits,
  categories: async () => (await import('./categories/world.ts')).categories,
  words: async () => (await import('./words/world.ts')).words,
};

/** A world, loaded when it is first asked for: one line each above. */
export const loadWorld = async (id: OtherWorldId): Promise<World> => (await LOADERS[id]()) as World;

import type { WorldParts } from '../pages/worlds/parts.ts';
import type { OtherWorldId } from './ids.ts';

/** How a world is shown, loaded when it is chosen: one line each. */
export const worldPages: Readonly<Record<OtherWorldId, () => Promise<WorldParts>>> = {
  bits: async () => (await import('./bits/page.tsx')).bitsParts,
  categories: async () => (await import('./categories/page.tsx')).categoriesParts,
  words: async () => (await import('./words/page.tsx')).wordsParts,
};

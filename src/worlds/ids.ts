/** The worlds of the header's switch, in its order: one line each; `points` is the page itself. */
export const WORLDS = {
  points: { label: 'Points' },
  bits: { label: 'Bits' },
  categories: { label: 'Categories' },
  words: { label: 'Words' },
} as const;

export type WorldId = keyof typeof WORLDS;

export const worldIds = Object.keys(WORLDS) as readonly WorldId[];

/** Those with a folder here, a worker and a page of their own. */
export type OtherWorldId = Exclude<WorldId, 'points'>;

/** Something that takes long, and is done while somebody wants it. */
export interface Wanted {
  readonly isWanted: () => boolean;
  /** @returns a function that ends the wish; calling it again does nothing */
  readonly want: () => () => void;
}

/** @param changed called when the first wish comes, and when the last is gone */
export function createWanted(changed: () => void): Wanted {
  const wishes = new Set<symbol>();
  return {
    isWanted: () => wishes.size > 0,
    want() {
      const wish = Symbol();
      wishes.add(wish);
      if (wishes.size === 1) changed();
      return () => {
        if (wishes.delete(wish) && wishes.size === 0) changed();
      };
    },
  };
}

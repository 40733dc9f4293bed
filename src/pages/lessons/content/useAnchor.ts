import { useMemo, useRef } from 'react';
import { prefersStillness } from '../motion.ts';

const find = (name: string) => document.querySelector(`[data-tour="${name}"]`);

/** What stands at the place of `data-tour`, wherever it is at the moment; the middle of the page where there is nothing. */
export function useAnchor(name: string) {
  const measured = useMemo(
    () => ({
      getBoundingClientRect: () =>
        find(name)?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0),
    }),
    [name],
  );
  const anchor = useRef(measured);
  anchor.current = measured;
  return anchor;
}

/** Scrolls what is spoken of into sight. */
export function revealAnchor(name: string): void {
  find(name)?.scrollIntoView({ behavior: prefersStillness() ? 'auto' : 'smooth', block: 'nearest' });
}

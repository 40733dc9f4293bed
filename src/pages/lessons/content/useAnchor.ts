import { type RefObject, useMemo, useRef } from 'react';
import { prefersStillness } from '../motion.ts';

const find = (name: string) => document.querySelector(`[data-tour="${name}"]`);

/** Between the card and what it stands below, and around it, px. */
export const CARD_GAP = 8;

/**
 * A line that the card hangs from: below what stands at the place of `data-tour`, wherever it is at the moment, and below the playback too
 * where there is room; higher, where the card would not be whole in the window. The middle of the page where there is nothing.
 */
export function useAnchor(name: string, card: RefObject<HTMLElement | null>) {
  const measured = useMemo(
    () => ({
      getBoundingClientRect() {
        const rect = find(name)?.getBoundingClientRect();
        if (!rect) return new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
        const lowest = innerHeight - (card.current?.offsetHeight ?? 0) - 2 * CARD_GAP;
        const playback = document.querySelector('.transport')?.getBoundingClientRect().bottom ?? 0;
        const isStage = name.startsWith('stage-');
        const below = isStage && playback > rect.bottom && playback <= lowest ? playback : rect.bottom;
        return new DOMRect(rect.x, Math.max(0, Math.min(below, lowest)), rect.width, 0);
      },
    }),
    [name, card],
  );
  const anchor = useRef(measured);
  anchor.current = measured;
  return anchor;
}

/** Scrolls what is spoken of into sight. */
export function revealAnchor(name: string): void {
  find(name)?.scrollIntoView({ behavior: prefersStillness() ? 'auto' : 'smooth', block: 'nearest' });
}

import { type RefObject, useLayoutEffect } from 'react';
import { watchSize } from '../charts/watchSize.ts';

/** Tells the style sheet how high an element is, as a custom property of its parent: what stays below it must know. */
export function useMeasuredHeight(element: RefObject<HTMLElement | null>, property: `--${string}`): void {
  useLayoutEffect(() => {
    const measured = element.current;
    const parent = measured?.parentElement;
    if (!measured || !parent) return;
    const tell = () => parent.style.setProperty(property, `${Math.round(measured.offsetHeight)}px`);
    return watchSize(measured, tell);
  }, [element, property]);
}

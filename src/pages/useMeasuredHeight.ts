import { type RefObject, useLayoutEffect } from 'react';

/** Tells the style sheet how high an element is, as a custom property of its parent: what stays below it must know. */
export function useMeasuredHeight(element: RefObject<HTMLElement | null>, property: `--${string}`): void {
  useLayoutEffect(() => {
    const measured = element.current;
    const parent = measured?.parentElement;
    if (!measured || !parent) return;
    const tell = () => parent.style.setProperty(property, `${Math.round(measured.offsetHeight)}px`);
    tell();
    // In the next frame: within the observer's turn, what the new height moves may resize the element once more,
    // and WebKit then reports a loop.
    let frame = 0;
    const sizes = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(tell);
    });
    sizes.observe(measured);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
    };
  }, [element, property]);
}

import { type RefObject, useEffect } from 'react';

/** Tells the article how high the embed is, so that it needs no scrollbar and has no empty room. */
export function useReportedHeight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = element.current;
    if (root === null || window.parent === window) return;
    let told = 0;
    const tell = () => {
      const height = Math.ceil(root.getBoundingClientRect().height);
      if (height === told) return;
      told = height;
      window.parent.postMessage({ type: 'diffusion-playground-height', height }, '*');
    };
    const sizes = new ResizeObserver(tell);
    sizes.observe(root);
    tell();
    return () => sizes.disconnect();
  }, [element]);
}

/**
 * Tells of an element's size, at first and whenever it changed, in the next frame. Within the observer's own turn what
 * is set may resize the element once more, and browsers report a loop.
 *
 * @param onSize may change the layout
 * @returns what ends it
 */
export function watchSize(element: Element, onSize: () => void): () => void {
  let frame = 0;
  const sizes = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(onSize);
  });
  sizes.observe(element);
  return () => {
    cancelAnimationFrame(frame);
    sizes.disconnect();
  };
}

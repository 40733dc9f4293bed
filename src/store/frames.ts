/** Longest wait for an animation frame: hidden pages get none, but what was asked of them must still happen. */
const MAX_WAIT_MS = 100;

/** Resolves at the next animation frame, or soon where none comes. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MAX_WAIT_MS);
    if (typeof requestAnimationFrame !== 'function') return;
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** For browsers, and blockers, that leave the page without one: looks once, and whenever the window changes. */
class WindowResizes implements ResizeObserver {
  readonly #targets = new Set<Element>();
  readonly #tell: () => void;

  constructor(callback: ResizeObserverCallback) {
    this.#tell = () => {
      const entries = Array.from(this.#targets, entryOf);
      if (entries.length > 0) callback(entries, this);
    };
    addEventListener('resize', this.#tell);
  }

  observe(target: Element): void {
    this.#targets.add(target);
    requestAnimationFrame(this.#tell);
  }

  unobserve(target: Element): void {
    this.#targets.delete(target);
  }

  disconnect(): void {
    this.#targets.clear();
    removeEventListener('resize', this.#tell);
  }
}

function entryOf(target: Element): ResizeObserverEntry {
  const contentRect = target.getBoundingClientRect();
  const box = [{ inlineSize: contentRect.width, blockSize: contentRect.height }];
  return { target, contentRect, borderBoxSize: box, contentBoxSize: box, devicePixelContentBoxSize: box };
}

/** Everything that sizes itself asks for this observer, and would throw without one. */
export function ensureResizeObserver(): void {
  globalThis.ResizeObserver ??= WindowResizes;
}

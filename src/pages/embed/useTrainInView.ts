import { type RefObject, useEffect } from 'react';

/** Training as an embed starts and stops it. */
export interface TrainingInView {
  /** Resolves when training can begin. */
  readonly ready: Promise<unknown>;
  isTraining(): boolean;
  toggle(): void;
}

/** Trains only while the element is in sight: an article may have many, and a reader looks at one. */
export function useTrainInView(
  element: RefObject<HTMLElement | null>,
  { ready, isTraining, toggle }: TrainingInView,
): void {
  useEffect(() => {
    const root = element.current;
    if (root === null) return;
    let begun = false;
    /** Whether training was stopped because nobody looked. */
    let interrupted = false;
    const begin = () => {
      if (begun) return;
      begun = true;
      ready.then(
        () => !isTraining() && toggle(),
        () => undefined, // the failed start has its own notice
      );
    };
    const seen = (visible: boolean) => {
      if (visible) {
        begin();
        if (interrupted && !isTraining()) toggle();
        interrupted = false;
      } else if (isTraining()) {
        interrupted = true;
        toggle();
      }
    };
    if (typeof IntersectionObserver !== 'function') {
      begin();
      return;
    }
    const sights = new IntersectionObserver((entries) => seen(entries.at(-1)?.isIntersecting ?? true));
    sights.observe(root);
    return () => sights.disconnect();
  }, [element, ready, isTraining, toggle]);
}

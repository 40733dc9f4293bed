import { type RefObject, useEffect } from 'react';
import { usePlaygroundContext } from '../../store/react.ts';

/** Trains only while the element is in sight: an article may have many, and a reader looks at one. */
export function useTrainInView(element: RefObject<HTMLElement | null>): void {
  const { store, actions, ready } = usePlaygroundContext();
  useEffect(() => {
    const root = element.current;
    if (root === null) return;
    let begun = false;
    /** Whether training was stopped because nobody looked. */
    let interrupted = false;
    const training = () => store.getState().phase === 'training';
    const begin = () => {
      if (begun) return;
      begun = true;
      ready.then(
        () => !training() && void actions.toggle(),
        () => undefined, // the failed start has its own notice
      );
    };
    const seen = (visible: boolean) => {
      if (visible) {
        begin();
        if (interrupted && !training()) void actions.toggle();
        interrupted = false;
      } else if (training()) {
        interrupted = true;
        void actions.toggle();
      }
    };
    if (typeof IntersectionObserver !== 'function') {
      begin();
      return;
    }
    const sights = new IntersectionObserver((entries) => seen(entries.at(-1)?.isIntersecting ?? true));
    sights.observe(root);
    return () => sights.disconnect();
  }, [element, store, actions, ready]);
}

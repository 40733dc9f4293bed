import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/** A double click as a mere shortcut: the element stays plain text, for the keyboard and for screen readers. */
export function useDoubleClick(onDoubleClick: () => void): RefObject<HTMLSpanElement | null> {
  const ref = useRef<HTMLSpanElement>(null);
  const act = useEffectEvent(onDoubleClick);
  useEffect(() => {
    const element = ref.current;
    const listener = () => act();
    element?.addEventListener('dblclick', listener);
    return () => element?.removeEventListener('dblclick', listener);
  }, []);
  return ref;
}

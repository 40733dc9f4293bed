import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/**
 * A double click as a mere shortcut: the element stays plain content, for the keyboard and for screen readers, which
 * have another way to the same.
 */
export function useDoubleClick<E extends HTMLElement = HTMLSpanElement>(
  onDoubleClick: (event: MouseEvent) => void,
): RefObject<E | null> {
  const ref = useRef<E>(null);
  const act = useEffectEvent(onDoubleClick);
  useEffect(() => {
    const element = ref.current;
    const listener = (event: MouseEvent) => act(event);
    element?.addEventListener('dblclick', listener);
    return () => element?.removeEventListener('dblclick', listener);
  }, []);
  return ref;
}

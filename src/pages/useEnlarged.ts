import { useEffect, useState } from 'react';
import { hasOwnKeys } from '../ui/shortcut.ts';

/**
 * Which stage has all the room, by index; null for none. The keys 1, 2, … enlarge a stage or take it back, Escape goes back to all.
 * @param count of stages
 */
export function useEnlarged(count: number): readonly [number | null, (index: number | null) => void] {
  const [enlarged, setEnlarged] = useState<number | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof Element && hasOwnKeys(event.target)) return;
      const index = Number.parseInt(event.key, 10) - 1;
      if (event.key === 'Escape') setEnlarged(null);
      else if (index >= 0 && index < count) setEnlarged((old) => (old === index ? null : index));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [count]);
  return [enlarged !== null && enlarged < count && count > 1 ? enlarged : null, setEnlarged];
}

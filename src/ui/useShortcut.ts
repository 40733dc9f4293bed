import { useEffect, useEffectEvent } from 'react';
import { type PlaybackAction, playbackAction } from './shortcut.ts';

/** Page-wide keys of the playback, wherever the focus has no use of its own for them. */
export function useShortcut(onAction: (action: PlaybackAction) => void): void {
  const act = useEffectEvent(onAction);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = playbackAction(event, event.target instanceof Element ? event.target : null);
      if (action === null) return;
      event.preventDefault();
      // Firefox presses a button when Space comes up again, whatever was said when it went down.
      const keepUp = (up: Event) => up.preventDefault();
      if (event.key === ' ') window.addEventListener('keyup', keepUp, { once: true, capture: true });
      act(action);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

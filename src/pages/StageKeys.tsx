import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { readPalette, watchTheme } from '../canvas/palette.ts';
import { shownTime } from '../canvas/shownTime.ts';
import type { StageScene } from '../canvas/types.ts';
import { pictureOf } from '../views/pictures.ts';
import { useClock } from './clockContext.ts';
import './stageKeys.css';

/** What the parts of a picture are, and their numbers at the moment, which a tick writes to the DOM. */
export function StageKeys({ scene }: { readonly scene: StageScene }) {
  const clock = useClock();
  const list = useRef<HTMLUListElement>(null);
  const [themes, setThemes] = useState(0);
  const picture = useMemo(() => pictureOf(scene.config), [scene.config]);
  const palette = useMemo(() => {
    // The colours are read anew with every theme.
    void themes;
    return readPalette(document.documentElement);
  }, [themes]);
  const items = useMemo(
    () => picture.keys?.(scene, shownTime(scene, clock), palette) ?? [],
    [picture, scene, clock, palette],
  );
  useLayoutEffect(() => {
    const write = () => {
      const root = list.current;
      if (root === null) return;
      const now = picture.keys?.(scene, shownTime(scene, clock), palette) ?? [];
      for (const [i, { value = '' }] of now.entries()) {
        const element = root.children[i]?.querySelector('.stage-key-value');
        if (element && element.textContent !== value) element.textContent = value;
      }
    };
    write();
    const stops = [clock.subscribe(write), watchTheme(() => setThemes((count) => count + 1))];
    return () => {
      for (const stop of stops) stop();
    };
  }, [clock, scene, picture, palette]);
  if (items.length === 0) return null;
  return (
    <ul ref={list} className="stage-keys" aria-label="Parts of the picture">
      {items.map(({ mark, colour, name }) => (
        <li key={name}>
          <span className="stage-key-mark" data-mark={mark} style={{ color: colour }} aria-hidden="true" />
          <span>{name}</span>
          <span className="stage-key-value" />
        </li>
      ))}
    </ul>
  );
}

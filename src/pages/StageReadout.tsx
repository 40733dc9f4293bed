import { useLayoutEffect, useMemo, useRef } from 'react';
import { endText, gradientOf } from '../canvas/colourScale.ts';
import { readPalette, watchTheme } from '../canvas/palette.ts';
import { shownTime, waits } from '../canvas/shownTime.ts';
import type { StageScene } from '../canvas/types.ts';
import { pictureOf } from '../views/pictures.ts';
import { useClock } from './clockContext.ts';

/** Writes text where it differs: most ticks change nothing. */
function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Where the stage is on its way, and what its colours stand for. A tick writes to the DOM and never renders React. */
export function StageReadout({ scene }: { readonly scene: StageScene }) {
  const clock = useClock();
  const picture = useMemo(() => pictureOf(scene.config), [scene.config]);
  const words = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const draw = () => {
      const drawn = scene.shrunkBy === null ? [] : [`drawn ${scene.shrunkBy}`];
      const parts = waits(scene, clock)
        ? ['waits for the noise']
        : [...picture.readout(scene, shownTime(scene, clock)), ...drawn];
      write(words.current, parts.join(' · '));
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, scene, picture]);

  return (
    <div className="stage-readout">
      <span ref={words} className="stage-words" />
      {picture.legend && <StageLegend scene={scene} />}
    </div>
  );
}

function StageLegend({ scene }: { readonly scene: StageScene }) {
  const clock = useClock();
  const legend = useRef<HTMLSpanElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  const low = useRef<HTMLSpanElement>(null);
  const high = useRef<HTMLSpanElement>(null);
  const name = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const root = legend.current;
    if (!root) return;
    const picture = pictureOf(scene.config);
    let palette = readPalette(root);
    const draw = () => {
      const scale = picture.legend?.(scene, shownTime(scene, clock), palette) ?? null;
      root.hidden = scale === null;
      if (scale === null) return;
      write(low.current, endText(scale.low));
      write(high.current, endText(scale.high));
      write(name.current, scale.name);
      const gradient = gradientOf(scale.ramp);
      if (bar.current && bar.current.dataset.ramp !== gradient) {
        bar.current.dataset.ramp = gradient;
        bar.current.style.backgroundImage = gradient;
      }
    };
    draw();
    const stops = [
      clock.subscribe(draw),
      watchTheme(() => {
        palette = readPalette(root);
        draw();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [clock, scene]);

  return (
    <span ref={legend} className="stage-legend" hidden>
      <span ref={name} />
      <span ref={low} />
      <span ref={bar} className="stage-ramp" />
      <span ref={high} />
    </span>
  );
}

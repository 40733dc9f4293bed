import type { Clock } from '../stage/clock.ts';
import type { Playground } from '../store/playgroundStore.ts';

/** Settled this long, a scrubbed time belongs in the link. */
const SETTLED_MS = 250;

/**
 * Keeps the clock and the experiment equal: speed, loop and a link's time go to the clock; its time goes into the
 * experiment when it rests. Plays at once, unless the person asked their system for less motion or the link holds a time.
 * @returns how to stop
 */
export function followPlayback({ store, actions }: Playground, clock: Clock): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    if (!clock.playing) actions.set({ time: Number(clock.time.toFixed(4)) });
  };
  const unhear = clock.subscribe(() => {
    if (store.getState().playing !== clock.playing) actions.setPlaying(clock.playing);
    clearTimeout(timer);
    if (!clock.playing) timer = setTimeout(rest, SETTLED_MS);
  });
  const unsubscribe = store.subscribe(({ config }, { config: old }) => {
    if (config.speed !== old.speed) clock.speed = config.speed;
    if (config.loop !== old.loop) clock.loop = config.loop;
    if (config.time !== old.time && !clock.playing) clock.seek(config.time);
  });

  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (calm || store.getState().config.time !== 1) actions.setPlaying(false);
  else clock.play();
  return () => {
    clearTimeout(timer);
    unhear();
    unsubscribe();
  };
}

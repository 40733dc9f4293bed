import type { Clock } from '../canvas/clock.ts';
import type { Playground } from '../store/playgroundStore.ts';

/** Settled this long, a scrubbed time belongs in the link. */
const SETTLED_MS = 250;
/** In a link: nobody paused it, so it plays. */
const PLAYS = 1;
/** Paused at the noise itself. */
const PAUSED_AT_NOISE = 0.9999;

/** The time of a link to what the clock shows: one that moves, or came to its end by itself, is to play for others too. */
export function linkedTime({
  playing,
  untouched,
  time,
}: Pick<Clock, 'playing' | 'untouched' | 'time'>): number {
  return playing || untouched ? PLAYS : Math.min(PAUSED_AT_NOISE, Number(time.toFixed(4)));
}

/**
 * Keeps the clock and the experiment equal: speed, loop and a link's time go to the clock; the time at which the person
 * paused it goes into the experiment. Plays at once, unless the person asked their system for less motion or the link
 * holds a time.
 * @returns how to stop
 */
export function followPlayback({ store, actions }: Playground, clock: Clock): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = () => {
    const time = linkedTime(clock);
    if (time !== store.getState().config.time) actions.set({ time });
  };
  const unhear = clock.subscribe(() => {
    if (store.getState().playing !== clock.playing) actions.setPlaying(clock.playing);
    clearTimeout(timer);
    if (!clock.playing) timer = setTimeout(note, SETTLED_MS);
    else note();
  });
  const unsubscribe = store.subscribe(({ config }, { config: old }) => {
    if (config.speed !== old.speed) clock.speed = config.speed;
    if (config.loop !== old.loop) clock.loop = config.loop;
    const moved = config.time !== PLAYS && config.time !== linkedTime(clock);
    if (config.time !== old.time && moved && !clock.playing) clock.seek(config.time);
  });

  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (calm || store.getState().config.time !== PLAYS) actions.setPlaying(false);
  else clock.play();
  return () => {
    clearTimeout(timer);
    unhear();
    unsubscribe();
  };
}

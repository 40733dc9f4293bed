import type { Clock, Directions } from '../canvas/clock.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Playground } from '../store/playgroundStore.ts';
import { viewOf } from '../views/index.ts';

/** Settled this long, a scrubbed time belongs in the link. */
const SETTLED_MS = 250;
/** In a link: nobody paused it, so it plays. */
export const PLAYS = 1;
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

/** What is played: where no stage shows the way to the noise, or none the way back, there is only the other. */
export function playsOf({ plays, stages }: Pick<ExperimentConfig, 'plays' | 'stages'>): Directions {
  const shows = new Set(stages.map((stage) => viewOf(stage).shows));
  if (plays !== 'both') return plays;
  if (!shows.has('forward')) return 'reverse';
  return shows.size === 1 ? 'forward' : 'both';
}

/**
 * Keeps the clock and the experiment equal: speed, loop and a link's time go to the clock; the time at which the person
 * paused it goes into the experiment. Plays at once, unless the person asked their system for less motion or the link
 * holds a time.
 * @param autoplay whether it may play by itself at first
 * @returns how to stop
 */
export function followPlayback({ store, actions }: Playground, clock: Clock, autoplay = true): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const note = () => {
    const time = linkedTime(clock);
    if (time !== store.getState().config.time) actions.set({ time });
  };
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** To the time of a link: it rests there, or plays. */
  const goTo = (time: number) => {
    if (time === PLAYS) {
      if (calm) clock.rest();
      else clock.play();
      return;
    }
    clock.pause();
    clock.seek(time);
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
    if (playsOf(config) !== clock.plays) clock.plays = playsOf(config);
    if (config.time !== old.time && config.time !== linkedTime(clock)) goTo(config.time);
  });

  clock.plays = playsOf(store.getState().config);
  if (store.getState().config.time === PLAYS) {
    if (autoplay) goTo(PLAYS);
    else clock.rest();
  }
  if (!clock.playing) actions.setPlaying(false);
  return () => {
    clearTimeout(timer);
    unhear();
    unsubscribe();
  };
}

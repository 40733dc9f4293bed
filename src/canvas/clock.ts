import { type RenderLoop, renderLoop } from './renderLoop.ts';

/** Seconds from noise to data at speed 1. */
export const SECONDS_PER_RUN = 6;
/** Seconds at the data before a loop begins again. */
export const HOLD_SECONDS = 1.2;
/** A longer gap between two frames (a hidden page, a busy machine) counts as this: playback waits, it does not jump. */
const LONGEST_FRAME = 0.1;
const STEP = 0.01;

export interface ClockState {
  /** 1 is noise, 0 is data. */
  readonly time: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly loop: boolean;
  /** Seconds held at the data so far. */
  readonly held: number;
  /** Whether it rests by itself: as it was made, or at the data; nobody has stopped or moved it. */
  readonly untouched: boolean;
}

/** The clock after some seconds: falls evenly from noise to data, holds, and begins again or stops. */
export function advance(state: ClockState, seconds: number): ClockState {
  if (!state.playing) return state;
  if (state.time > 0) {
    const time = Math.max(0, state.time - (seconds * state.speed) / SECONDS_PER_RUN);
    return time === 0 && !state.loop
      ? { ...state, time, playing: false, untouched: true }
      : { ...state, time, held: 0 };
  }
  if (!state.loop) return { ...state, playing: false, untouched: true };
  const held = state.held + seconds;
  return held < HOLD_SECONDS ? { ...state, held } : { ...state, time: 1, held: 0 };
}

export interface Clock {
  readonly time: number;
  readonly playing: boolean;
  /** Whether it rests by itself: as it was made, or at the data; nobody has stopped or moved it. */
  readonly untouched: boolean;
  speed: number;
  loop: boolean;
  /** From the data it starts again at the noise. */
  play(): void;
  pause(): void;
  toggle(): void;
  /** Goes to t, held within [0,1]; playing or not stays as it is. */
  seek(t: number): void;
  /**
   * One frame towards data (−1) or noise (+1), and pauses.
   * @param times of the frames to stop at; every 0.01 without them
   */
  step(direction: 1 | -1, times?: ArrayLike<number>): void;
  /** Called after every change of time or of playing; returns how to stop. */
  subscribe(listener: () => void): () => void;
  dispose(): void;
}

/** The recorded time next to t in a direction; the end of the axis where there is none. */
function neighbour(t: number, direction: 1 | -1, times: ArrayLike<number>): number {
  let nearest = direction > 0 ? 1 : 0;
  for (let k = 0; k < times.length; k++) {
    const candidate = times[k]!;
    const ahead = direction * (candidate - t) > 1e-6;
    if (ahead && direction * (candidate - nearest) < 0) nearest = candidate;
  }
  return nearest;
}

export function createClock(
  initial: { time?: number; speed?: number; loop?: boolean } = {},
  loop: RenderLoop = renderLoop,
): Clock {
  let state: ClockState = {
    time: 1,
    speed: 1,
    loop: true,
    ...initial,
    playing: false,
    held: 0,
    untouched: true,
  };
  let last: number | null = null;
  const listeners = new Set<() => void>();
  const change = (patch: Partial<ClockState>): void => {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
    loop.request();
  };
  const leave = loop.add('tick', (now) => {
    if (!state.playing) {
      last = null;
      return false;
    }
    const seconds = last === null ? 0 : Math.min(LONGEST_FRAME, Math.max(0, (now - last) / 1000));
    last = now;
    const next = advance(state, seconds);
    if (next !== state) change(next);
    return state.playing;
  });

  const clock: Clock = {
    get time() {
      return state.time;
    },
    get playing() {
      return state.playing;
    },
    get untouched() {
      return state.untouched;
    },
    get speed() {
      return state.speed;
    },
    set speed(speed) {
      change({ speed });
    },
    get loop() {
      return state.loop;
    },
    set loop(value) {
      change({ loop: value });
    },
    play() {
      if (!state.playing) {
        change({ playing: true, held: 0, untouched: false, time: state.time === 0 ? 1 : state.time });
      }
    },
    pause() {
      if (state.playing) change({ playing: false });
    },
    toggle() {
      if (state.playing) clock.pause();
      else clock.play();
    },
    seek(t) {
      change({ time: Math.min(1, Math.max(0, t)), held: 0, untouched: false });
    },
    step(direction, times) {
      const t =
        times === undefined || times.length === 0
          ? Math.min(1, Math.max(0, Math.round((state.time + direction * STEP) / STEP) * STEP))
          : neighbour(state.time, direction, times);
      change({ time: t, playing: false, held: 0, untouched: false });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      leave();
      listeners.clear();
    },
  };
  return clock;
}

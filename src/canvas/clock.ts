import { evenPace, type Pace } from './pace.ts';
import { type RenderLoop, renderLoop } from './renderLoop.ts';

/** Seconds from data to noise, and back, at speed 1. */
export const SECONDS_FORWARD = 3;
export const SECONDS_REVERSE = 6;
/** Seconds at the noise before it turns, and at the data before a loop begins again. */
export const HOLD_AT_NOISE = 0.5;
export const HOLD_AT_DATA = 1.5;
/** A longer gap between two frames (a hidden page, a busy machine) counts as this: playback waits, it does not jump. */
const LONGEST_FRAME = 0.1;
const STEP = 0.01;

/** From data to noise, or from noise to data. */
export type Direction = 'forward' | 'reverse';
/** What is played: one direction again and again, or the noising and then the reverse. */
export type Directions = Direction | 'both';

export interface ClockState {
  /** 1 is noise, 0 is data. */
  readonly time: number;
  readonly direction: Direction;
  readonly playing: boolean;
  readonly plays: Directions;
  readonly speed: number;
  readonly loop: boolean;
  readonly pace: Pace;
  /** Seconds held at the end of the direction so far. */
  readonly held: number;
  /** Whether it rests by itself: as it was made, or at the end; nobody has stopped or moved it. */
  readonly untouched: boolean;
}

const endOf = (direction: Direction) => (direction === 'forward' ? 1 : 0);
const startOf = (direction: Direction) => 1 - endOf(direction);
const secondsOf = (direction: Direction) => (direction === 'forward' ? SECONDS_FORWARD : SECONDS_REVERSE);
/** The direction that a run begins with. */
const firstOf = (plays: Directions): Direction => (plays === 'reverse' ? 'reverse' : 'forward');

/** The clock after some seconds: goes to the end of its direction, holds, and turns, begins again or stops. */
export function advance(state: ClockState, seconds: number): ClockState {
  if (!state.playing) return state;
  const { direction, pace, plays } = state;
  const end = endOf(direction);
  if (state.time !== end) {
    const sign = end === 1 ? 1 : -1;
    const moved = pace.progressAt(state.time) + (sign * seconds * state.speed) / secondsOf(direction);
    const time = moved <= 0 ? 0 : moved >= 1 ? 1 : pace.timeAt(moved);
    return { ...state, time, held: 0 };
  }
  const turns = plays === 'both' && direction === 'forward';
  if (!turns && !state.loop) return { ...state, playing: false, untouched: true };
  const held = state.held + seconds;
  if (held < (end === 1 ? HOLD_AT_NOISE : HOLD_AT_DATA)) return { ...state, held };
  if (turns) return { ...state, direction: 'reverse', held: 0 };
  const next = firstOf(plays);
  return { ...state, direction: next, time: startOf(next), held: 0 };
}

export interface Clock {
  readonly time: number;
  /** Which way it goes, or went when it was stopped; 'reverse' after it was moved by hand. */
  readonly direction: Direction;
  readonly playing: boolean;
  /** Whether it rests by itself: as it was made, or at the end; nobody has stopped or moved it. */
  readonly untouched: boolean;
  speed: number;
  loop: boolean;
  plays: Directions;
  pace: Pace;
  /** From the end of its direction it starts a new run. */
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
  /** Rests at the data, where all stages show where they arrive. */
  rest(): void;
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

/** A run from its start, where it has come to its end; else as it is. */
function begun(state: ClockState): Partial<ClockState> {
  const { time, direction, plays } = state;
  const other = plays !== 'both' && direction !== plays;
  if (time !== endOf(direction)) return other ? { direction: firstOf(plays) } : {};
  if (plays === 'both' && direction === 'forward') return {};
  const first = firstOf(plays);
  return { direction: first, time: startOf(first) };
}

type Initial = Partial<Pick<ClockState, 'time' | 'speed' | 'loop' | 'plays'>>;

/** @param initial a time that is given is one at which somebody has set it */
export function createClock(initial: Initial = {}, loop: RenderLoop = renderLoop): Clock {
  const first = firstOf(initial.plays ?? 'both');
  let state: ClockState = {
    time: startOf(first),
    direction: initial.time === undefined ? first : 'reverse',
    plays: 'both',
    speed: 1,
    loop: true,
    pace: evenPace,
    ...initial,
    playing: false,
    held: 0,
    untouched: initial.time === undefined,
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
    get direction() {
      return state.direction;
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
    get plays() {
      return state.plays;
    },
    set plays(plays) {
      const first = firstOf(plays);
      const resting = state.untouched && !state.playing && plays !== state.plays;
      // Where it rests on the way back, or was moved by hand, all stages stay at the same t; to play it turns where it must.
      const stays = !state.playing && state.direction === 'reverse';
      if (resting) change({ plays, direction: first, time: startOf(first), held: 0 });
      else if (stays || plays === 'both' || plays === state.direction) change({ plays });
      else change({ plays, direction: plays, held: 0 });
    },
    get pace() {
      return state.pace;
    },
    set pace(pace) {
      change({ pace });
    },
    play() {
      if (!state.playing) change({ ...begun(state), playing: true, held: 0, untouched: false });
    },
    pause() {
      if (state.playing) change({ playing: false });
    },
    toggle() {
      if (state.playing) clock.pause();
      else clock.play();
    },
    seek(t) {
      const time = Math.min(1, Math.max(0, t));
      change({ time, direction: 'reverse', held: 0, untouched: false });
    },
    step(direction, times) {
      const t =
        times === undefined || times.length === 0
          ? Math.min(1, Math.max(0, Math.round((state.time + direction * STEP) / STEP) * STEP))
          : neighbour(state.time, direction, times);
      change({ time: t, direction: 'reverse', playing: false, held: 0, untouched: false });
    },
    rest() {
      change({ time: 0, direction: 'reverse', playing: false, held: 0, untouched: true });
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

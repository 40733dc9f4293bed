import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  type Clock,
  type ClockState,
  createClock,
  HOLD_AT_DATA,
  HOLD_AT_NOISE,
  SECONDS_FORWARD,
  SECONDS_REVERSE,
} from '../../src/canvas/clock.ts';
import { evenPace, paceOf } from '../../src/canvas/pace.ts';
import { createRenderLoop } from '../../src/canvas/renderLoop.ts';

const playing: ClockState = {
  time: 1,
  direction: 'reverse',
  playing: true,
  plays: 'both',
  speed: 1,
  loop: true,
  pace: evenPace,
  held: 0,
  untouched: false,
};
const rising: ClockState = { ...playing, time: 0, direction: 'forward' };

describe('the playback clock’s arithmetic', () => {
  it('goes to the noise, and falls to the data, in the time of each', () => {
    expect(advance(rising, SECONDS_FORWARD / 2).time).toBeCloseTo(0.5);
    expect(advance(playing, SECONDS_REVERSE / 2).time).toBeCloseTo(0.5);
    expect(advance({ ...playing, speed: 2 }, SECONDS_REVERSE / 4).time).toBeCloseTo(0.5);
  });

  it('turns at the noise, holds at the data, then begins again with the data', () => {
    const atNoise = advance({ ...rising, time: 0.99 }, 1);
    expect(atNoise).toMatchObject({ time: 1, direction: 'forward' });
    const holding = advance(atNoise, HOLD_AT_NOISE - 0.1);
    expect(holding).toMatchObject({ time: 1, direction: 'forward' });
    expect(advance(holding, 0.2)).toMatchObject({ time: 1, direction: 'reverse', held: 0 });
    const atData = advance({ ...playing, time: 0.01 }, 1);
    expect(atData).toMatchObject({ time: 0, direction: 'reverse', playing: true });
    expect(advance(atData, HOLD_AT_DATA + 0.1)).toMatchObject({ time: 0, direction: 'forward', held: 0 });
  });

  it('plays one direction alone where it is told to', () => {
    const reverse = advance({ ...playing, plays: 'reverse', time: 0 }, HOLD_AT_DATA + 0.1);
    expect(reverse).toMatchObject({ time: 1, direction: 'reverse' });
    const forward = advance({ ...rising, plays: 'forward', time: 1 }, HOLD_AT_NOISE + 0.1);
    expect(forward).toMatchObject({ time: 0, direction: 'forward' });
  });

  it('stops at its end without a loop, at the data where it goes both ways, and does not move while paused', () => {
    const once = { ...playing, loop: false, time: 0 };
    expect(advance(once, 1)).toMatchObject({ time: 0, playing: false, untouched: true });
    expect(advance({ ...rising, loop: false, time: 1 }, 1)).toMatchObject({
      playing: true,
      direction: 'reverse',
    });
    expect(advance({ ...rising, loop: false, time: 1, plays: 'forward' }, 1).playing).toBe(false);
    const paused = { ...playing, playing: false };
    expect(advance(paused, 1)).toBe(paused);
  });

  it('comes through both directions at any pace, speed and frame rate, monotone in each', () => {
    const pace = paceOf((t) => 2 * Math.log((1 - t) / t));
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 0.005, max: 0.1, noNaN: true }),
        (speed, frame) => {
          let state: ClockState = { ...rising, speed, pace };
          const seen: ClockState[] = [];
          for (let s = 0; s < (SECONDS_FORWARD + SECONDS_REVERSE) / speed + 1; s += frame) {
            const next = advance(state, frame);
            const sign = next.direction === 'forward' ? 1 : -1;
            if (next.direction === state.direction)
              expect(sign * (next.time - state.time)).toBeGreaterThanOrEqual(0);
            state = next;
            seen.push(state);
          }
          expect(seen.some(({ time }) => time === 1)).toBe(true);
          expect(seen.some(({ time, direction }) => time === 0 && direction === 'reverse')).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});

/** A clock on frames that the test makes happen. */
function withFakeFrames(): { clock: Clock; frame: (milliseconds: number) => void; asked: () => boolean } {
  let waiting: ((now: number) => void) | null = null;
  let now = 0;
  const loop = createRenderLoop((callback) => {
    waiting = callback;
  });
  return {
    clock: createClock({}, loop),
    frame(milliseconds) {
      now += milliseconds;
      const callback = waiting;
      waiting = null;
      callback?.(now);
    },
    asked: () => waiting !== null,
  };
}

describe('the playback clock', () => {
  it('plays on frames, tells listeners, and asks for no frame once paused', () => {
    const { clock, frame, asked } = withFakeFrames();
    const seen: number[] = [];
    clock.subscribe(() => seen.push(clock.time));
    clock.play();
    frame(16);
    frame(60);
    expect(clock.time).toBeCloseTo(0.06 / SECONDS_FORWARD);
    expect(clock.direction).toBe('forward');
    expect(seen.length).toBeGreaterThan(1);
    clock.pause();
    frame(16);
    expect(asked()).toBe(false);
  });

  it('waits rather than jumps when no frame came for long', () => {
    const { clock, frame } = withFakeFrames();
    clock.play();
    frame(16);
    frame(60_000);
    expect(clock.time).toBeLessThan(0.05);
  });

  it('plays a new run from the data when it stands at its end', () => {
    const { clock } = withFakeFrames();
    clock.seek(0);
    clock.play();
    expect(clock).toMatchObject({ time: 0, direction: 'forward' });
    clock.pause();
    clock.plays = 'reverse';
    clock.seek(0);
    clock.play();
    expect(clock).toMatchObject({ time: 1, direction: 'reverse' });
  });

  it('begins where its direction does, also when that is chosen while it rests untouched', () => {
    const { clock } = withFakeFrames();
    expect(clock).toMatchObject({ time: 0, direction: 'forward' });
    clock.plays = 'reverse';
    expect(clock).toMatchObject({ time: 1, direction: 'reverse' });
  });

  it('shows every stage at its own time once it was moved by hand', () => {
    const { clock, frame } = withFakeFrames();
    clock.play();
    frame(16);
    frame(60);
    expect(clock.direction).toBe('forward');
    clock.seek(0.4);
    expect(clock).toMatchObject({ time: 0.4, direction: 'reverse', playing: true });
  });

  it('seeks within the axis and steps to recorded frames, either way', () => {
    const { clock } = withFakeFrames();
    clock.seek(7);
    expect(clock.time).toBe(1);
    clock.seek(0.6);
    clock.step(-1, [1, 0.75, 0.5, 0.25, 0]);
    expect(clock.time).toBe(0.5);
    clock.step(1, [1, 0.75, 0.5, 0.25, 0]);
    expect(clock.time).toBe(0.75);
    clock.step(-1);
    expect(clock.time).toBeCloseTo(0.74);
    clock.seek(0);
    clock.step(-1, [1, 0.5]);
    expect(clock.time).toBe(0);
  });

  it('tells nobody after it is disposed of', () => {
    const { clock } = withFakeFrames();
    let told = 0;
    clock.subscribe(() => told++);
    clock.dispose();
    clock.seek(0.3);
    expect(told).toBe(0);
  });
});

describe('the render loop', () => {
  it('ticks clocks before it draws, whatever the order they came in', () => {
    const order: string[] = [];
    let run: (now: number) => void = () => {};
    const loop = createRenderLoop((callback) => {
      run = callback;
    });
    loop.add('draw', () => order.push('draw') < 0);
    loop.add('tick', () => order.push('tick') < 0);
    run(0);
    expect(order).toEqual(['tick', 'draw']);
  });
});

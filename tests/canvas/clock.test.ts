import { describe, expect, it } from 'vitest';
import { advance, type Clock, createClock, HOLD_SECONDS, SECONDS_PER_RUN } from '../../src/canvas/clock.ts';
import { createRenderLoop } from '../../src/canvas/renderLoop.ts';

const playing = { time: 1, playing: true, speed: 1, loop: true, held: 0, untouched: false };

describe('the playback clock’s arithmetic', () => {
  it('falls evenly from noise to data', () => {
    expect(advance(playing, SECONDS_PER_RUN / 2).time).toBeCloseTo(0.5);
    expect(advance({ ...playing, speed: 2 }, SECONDS_PER_RUN / 4).time).toBeCloseTo(0.5);
  });

  it('holds at the data, then begins again', () => {
    const arrived = advance({ ...playing, time: 0.01 }, 1);
    expect(arrived).toMatchObject({ time: 0, playing: true });
    const holding = advance(arrived, HOLD_SECONDS - 0.1);
    expect(holding.time).toBe(0);
    expect(advance(holding, 0.2)).toMatchObject({ time: 1, playing: true, held: 0 });
  });

  it('stops at the data without a loop, and does not move while paused', () => {
    expect(advance({ ...playing, loop: false, time: 0.01 }, 1)).toMatchObject({
      time: 0,
      playing: false,
      untouched: true,
    });
    const paused = { ...playing, playing: false };
    expect(advance(paused, 1)).toBe(paused);
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
    expect(clock.time).toBeCloseTo(1 - 0.06 / SECONDS_PER_RUN);
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
    expect(clock.time).toBeGreaterThan(0.98);
  });

  it('plays again from the noise when it stands at the data', () => {
    const { clock } = withFakeFrames();
    clock.seek(0);
    clock.play();
    expect(clock.time).toBe(1);
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

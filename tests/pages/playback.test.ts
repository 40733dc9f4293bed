import { describe, expect, it } from 'vitest';
import { createClock } from '../../src/canvas/clock.ts';
import { createRenderLoop } from '../../src/canvas/renderLoop.ts';
import { decodeConfig, encodeConfig } from '../../src/experiment/url.ts';
import { linkedTime, playsOf } from '../../src/pages/playback.ts';
import { newStage } from '../../src/views/index.ts';

/** A clock on frames that the test makes happen, 100 ms apart. */
function clockWithFrames(loop: boolean) {
  let waiting: ((now: number) => void) | null = null;
  let now = 0;
  const clock = createClock(
    { loop },
    createRenderLoop((callback) => {
      waiting = callback;
    }),
  );
  const run = (frames: number) => {
    for (let i = 0; i < frames; i++) {
      now += 100;
      const callback = waiting;
      waiting = null;
      callback?.(now);
    }
  };
  return { clock, run };
}

/** Whether the animation starts for whoever opens a link to what this clock shows. */
const plays = (time: number) => {
  const { config } = decodeConfig(`?${encodeConfig({ ...decodeConfig('').config, time })}`);
  return config.time === 1;
};

describe('the time in a link', () => {
  it.each(['reverse', 'forward', 'both'] as const)('is where it rests, if %s is played', (plays) => {
    const clock = createClock(
      { time: 0.4 },
      createRenderLoop(() => undefined),
    );
    clock.plays = plays;
    clock.plays = 'both';
    expect(clock).toMatchObject({ time: 0.4, direction: 'reverse', playing: false });
    expect(linkedTime(clock)).toBe(0.4);
  });

  it('plays for others what plays here, wherever it is at the moment', () => {
    const { clock, run } = clockWithFrames(true);
    clock.play();
    for (let i = 0; i < 200; i++) {
      run(1);
      expect(plays(linkedTime(clock))).toBe(true);
    }
  });

  it('plays what was never started, and what came to its end by itself', () => {
    const { clock, run } = clockWithFrames(false);
    expect(plays(linkedTime(clock))).toBe(true);
    clock.play();
    run(100);
    expect(clock).toMatchObject({ playing: false, time: 0 });
    expect(plays(linkedTime(clock))).toBe(true);
  });

  it('rests where the person paused, stepped or scrubbed to, both ends included', () => {
    const { clock, run } = clockWithFrames(true);
    clock.play();
    run(20);
    clock.pause();
    expect(linkedTime(clock)).toBeCloseTo(clock.time, 4);
    for (const time of [0, 0.25, 1]) {
      clock.seek(time);
      expect(plays(linkedTime(clock))).toBe(false);
      expect(linkedTime(clock)).toBeCloseTo(time, 3);
    }
    clock.play();
    run(2);
    expect(plays(linkedTime(clock))).toBe(true);
  });
});

describe('what is played', () => {
  const { forward, reverse, score } = newStage;
  it('is what was chosen, and both ways only where a stage shows each', () => {
    expect(playsOf({ plays: 'both', stages: [forward, reverse] })).toBe('both');
    expect(playsOf({ plays: 'reverse', stages: [forward, reverse] })).toBe('reverse');
    expect(playsOf({ plays: 'both', stages: [reverse, score] })).toBe('reverse');
    expect(playsOf({ plays: 'both', stages: [forward] })).toBe('forward');
  });
});

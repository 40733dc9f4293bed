import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ASKED, createWorldRecordings, FOLLOWED, type Pace } from '../../src/runtime/worlds/recordings.ts';
import type { WorldModel } from '../../src/worlds/learner.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Recordings of ten steps of 10 ms. */
function* make(): Generator<void, unknown> {
  for (let k = 0; k < 10; k++) {
    vi.advanceTimersByTime(10);
    yield;
  }
  return 'made';
}

/** Trains in turns of 25 ms, 4 steps each. @returns the share of the time that went into recordings, and what was recorded */
function trained(pace: Pace, ms: number) {
  let step = 0;
  const kinds: string[] = [];
  const recordings = createWorldRecordings((event) => event.type === 'recording' && kinds.push(event.kind));
  const model = {
    get step() {
      return step;
    },
    recordings: { learned: { learned: true, make }, exact: { learned: false, make } },
  } as unknown as WorldModel;
  const work = { model, settings: { seed: 1, budgetSteps: 1000 } };
  recordings.watch(['exact', 'learned']);
  let recorded = 0;
  const begun = performance.now();
  while (performance.now() - begun < ms) {
    if (!recordings.isBusy()) {
      vi.advanceTimersByTime(25);
      step += 4;
    }
    const at = performance.now();
    recordings.slice(work, pace, 25);
    recorded += performance.now() - at;
  }
  return { share: recorded / (performance.now() - begun), kinds };
}

it.each([
  ['followed', FOLLOWED],
  ['asked for', ASKED],
])('training that is %s leaves recordings their share, and all are made', (_, pace) => {
  const { share, kinds } = trained(pace, 30_000);
  expect(share).toBeLessThan(pace.share);
  expect(kinds.filter((kind) => kind === 'exact')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'learned').length).toBeGreaterThan(3);
});

it('a program has its steps before pictures, a person what is still empty', () => {
  // 200 ms of recordings.
  expect(trained(FOLLOWED, 500).kinds.slice(0, 2)).toEqual(['learned', 'exact']);
  const asked = trained(ASKED, 1000);
  expect(asked.kinds).toEqual(['learned']);
  expect(asked.share).toBeLessThan(0.25);
});

it('tells all that a round made of the model at once, and each by itself where there was nothing', () => {
  let step = 0;
  let worked = 0;
  const told: { kind: string; step: number; worked: number }[] = [];
  const recordings = createWorldRecordings((event) => {
    if (event.type === 'recording') told.push({ kind: event.kind, step: event.step, worked });
  });
  function* counted(): Generator<void, unknown> {
    for (let k = 0; k < 5; k++) {
      worked += 1;
      vi.advanceTimersByTime(30);
      yield;
    }
    return 'made';
  }
  const model = {
    get step() {
      return step;
    },
    recordings: {
      slow: { learned: true, atRest: true, make: counted },
      one: { learned: true, make: counted },
      two: { learned: true, make: counted },
    },
  } as unknown as WorldModel;
  const work = { model, settings: { seed: 1, budgetSteps: 1000 } };
  recordings.watch(['slow', 'one', 'two']);
  const rest = () => {
    while (recordings.isDue(work, false)) recordings.slice(work, null, 25);
  };
  rest();
  expect(told.map(({ kind, worked }) => [kind, worked])).toEqual([
    ['one', 5],
    ['two', 10],
    ['slow', 15],
  ]);
  step = 100;
  told.length = 0;
  rest();
  expect(told.map(({ kind, worked }) => [kind, worked])).toEqual([
    ['one', 25],
    ['two', 25],
    ['slow', 30],
  ]);
  expect(told.every((event) => event.step === 100)).toBe(true);
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTimeBudget, PREVIEW_SLICE_MS, type TimeBudget } from '../../src/runtime/timeBudget.ts';

let clock: number;

beforeEach(() => {
  clock = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});

afterEach(() => {
  vi.restoreAllMocks();
});

interface Course {
  /** Milliseconds of training, in all and in one turn. */
  training: number;
  turn?: number;
  /** Milliseconds of one preview step. */
  step?: number;
  waiting?: boolean;
  followed?: boolean;
}

/** The part of the time that previews take where there is always one more to do. */
async function shareOf(
  share: TimeBudget,
  { training, turn = 10, step = 1, waiting = false, followed = false }: Course,
) {
  let previews = 0;
  const preview = async () => {
    clock += step;
    return true;
  };
  for (let trained = 0; trained < training; trained += turn) {
    clock += turn;
    share.earn(turn, followed);
    previews += await share.spend(preview, true, waiting);
  }
  return previews / (previews + training);
}

/** To one in a hundred: what a step takes too long is paid for by later ones. */
function expectNear(share: number, wanted: number): void {
  expect(Math.abs(share - wanted)).toBeLessThan(0.01);
}

describe.each([1, 4, 19])('with preview steps of %d ms', (step) => {
  it('previews take a quarter while training is young, 8 % later, and a quarter after a restart', async () => {
    const share = createTimeBudget();
    expectNear(await shareOf(share, { training: 2900, step }), 0.25);
    await shareOf(share, { training: 200, step });
    expectNear(await shareOf(share, { training: 5000, step }), 0.08);
    share.restart();
    expectNear(await shareOf(share, { training: 2900, step }), 0.25);
  });

  it('they take 35 % while a person follows the training, however long', async () => {
    expectNear(await shareOf(createTimeBudget(), { training: 8000, step, followed: true }), 0.35);
  });

  it('they take 85 % while a stage is empty, young or not', async () => {
    const share = createTimeBudget();
    expectNear(await shareOf(share, { training: 2900, step, waiting: true }), 0.85);
    await shareOf(share, { training: 200, step });
    expectNear(await shareOf(share, { training: 5000, step, waiting: true }), 0.85);
  });
});

it('what was not spent is saved only so far', async () => {
  const share = createTimeBudget();
  share.earn(1e6, false);
  const turns: number[] = [];
  for (let i = 0; i < 20; i++) {
    const spent = await share.spend(async () => Boolean(++clock), true, false);
    expect(spent).toBeLessThanOrEqual(PREVIEW_SLICE_MS);
    turns.push(spent);
  }
  expect(turns.reduce((sum, ms) => sum + ms)).toBe(100);
});

it('a step that took longer than there was time for is paid for before the next', async () => {
  const share = createTimeBudget();
  const most = 2900 / 3 + 400;
  expect(await shareOf(share, { training: 2900, step: 400 })).toBeLessThan(most / (most + 2900));
});

it('at rest previews go on for a slice, and nothing counts as spent where there is nothing to do', async () => {
  const share = createTimeBudget();
  expect(await share.spend(async () => Boolean(++clock), false, false)).toBe(PREVIEW_SLICE_MS);
  expect(await share.spend(async () => false, false, false)).toBe(0);
});

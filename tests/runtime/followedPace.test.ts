import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followPace, secondsAt, stepAt } from '../../src/runtime/followedPace.ts';

const budgets = fc.integer({ min: 1, max: 1_000_000 });

describe('the curve', () => {
  it('begins at nothing, rises, and is at the budget after ten seconds', () => {
    fc.assert(
      fc.property(budgets, fc.double({ min: 0, max: 9.9, noNaN: true }), (budget, seconds) => {
        expect(stepAt(0, budget)).toBe(0);
        expect(stepAt(seconds + 0.1, budget)).toBeGreaterThan(stepAt(seconds, budget));
        expect(secondsAt(budget, budget)).toBeLessThanOrEqual(10 + 1e-9);
        if (budget >= 100) expect(stepAt(10, budget) / budget).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is its own inverse the other way', () => {
    fc.assert(
      fc.property(budgets, fc.double({ min: 0, max: 10, noNaN: true }), (budget, seconds) => {
        expect(secondsAt(stepAt(seconds, budget), budget)).toBeCloseTo(seconds, 6);
      }),
    );
  });

  it('shows the first steps slowly, whatever the budget: ten to forty in the first second', () => {
    for (const budget of [100, 600, 3000, 9000, 100_000, 1_000_000]) {
      expect(stepAt(1, budget)).toBeGreaterThan(9.9);
      expect(stepAt(1, budget)).toBeLessThan(40);
    }
  });
});

/** Trains in turns of `turn` milliseconds on a machine that takes at most `most` steps a second. */
function train(budget: number, most: number, turn = 16, from = 0) {
  let step = from;
  let now = 5000;
  const pace = followPace(now);
  const course: number[] = [];
  while (step < budget && now < 200_000) {
    now += turn;
    step += Math.min(pace.due(step, budget, now), budget - step, Math.floor((most * turn) / 1000));
    course.push(step);
  }
  return { course, seconds: (now - 5000) / 1000 };
}

describe('followed training', () => {
  it('spends its budget in about ten seconds', () => {
    expect(train(9000, 1e9).seconds).toBeCloseTo(10, 1);
    expect(train(9000, 2300).seconds).toBeLessThan(12);
  });

  it('never goes back and ends at the budget, on any machine', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1000, max: 10_000 }),
        (budget, most) => {
          const { course } = train(budget, most);
          for (let i = 1; i < course.length; i++) expect(course[i]).toBeGreaterThanOrEqual(course[i - 1]!);
          expect(course.at(-1)).toBe(budget);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('begins anew at step 0 as slowly as at first', () => {
    const pace = followPace(0);
    pace.due(3000, 9000, 16);
    expect(pace.due(0, 9000, 32)).toBeLessThanOrEqual(stepAt(secondsAt(1, 9000) + 0.25, 9000));
  });

  it.each([0, 30, 900, 5000])('goes on from step %i after a pause of any length without a jump', (step) => {
    const due = followPace(1e7).due(step, 9000, 1e7 + 16);
    expect(due).toBeLessThanOrEqual(1 + stepAt(secondsAt(step, 9000) + 0.016, 9000) - step);
  });

  it('does not make up for a hidden page, nor for a slow machine', () => {
    const pace = followPace(0);
    pace.due(100, 9000, 16);
    const due = pace.due(100, 9000, 60_000);
    expect(100 + due).toBeLessThanOrEqual(stepAt(secondsAt(101, 9000) + 0.25, 9000) + 1e-6);
  });

  it('goes on from where it is when the budget changes', () => {
    const pace = followPace(0);
    pace.due(2000, 9000, 16);
    for (const budget of [2500, 9000, 100_000]) {
      const most = stepAt(secondsAt(2001, budget) + 0.25, budget) - 2000;
      expect(pace.due(2000, budget, 32)).toBeLessThanOrEqual(most);
    }
  });

  it('says how long the next step takes to come, and then it is due', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(20_000), (budget, step) => {
        fc.pre(step < budget);
        const pace = followPace(0);
        pace.due(step, budget, 0);
        const wait = pace.wait(step, budget);
        expect(pace.due(step, budget, wait + 0.01)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

/** Seconds in which the first budget is spent where training is to be followed. */
const SECONDS = 10;
/** Steps a second at first: slow enough to tell one picture from the next. */
const FIRST_RATE = 10;
/** Seconds that training may be behind the curve: what it could not do then is not made up for, so nothing jumps. */
const MOST_BEHIND = 0.25;

interface Curve {
  readonly seconds: number;
  /** The rate grows by e^growth from the first step to the last. */
  readonly growth: number;
}

/** What is learned first is learned in a few steps, and the rest takes ever more: the rate grows exponentially from the first rate on. */
function curveOf(budget: number): Curve {
  const seconds = Math.min(SECONDS, Math.max(1, budget) / FIRST_RATE);
  // So the first rate is from FIRST_RATE to twice that, whatever the budget.
  const growth = 1.25 * Math.log(budget / (FIRST_RATE * seconds));
  return { seconds, growth: Math.max(0.01, growth) };
}

/**
 * The step that followed training has come to: N·(e^{g s/S} − 1)/(e^g − 1), not rounded; beyond N after the last second.
 * @param seconds of training since step 0, ≥ 0
 * @param budget N ≥ 1 steps
 */
export function stepAt(seconds: number, budget: number): number {
  const curve = curveOf(budget);
  return (budget * Math.expm1((curve.growth * seconds) / curve.seconds)) / Math.expm1(curve.growth);
}

/** When it comes to a step: the inverse of `stepAt`. */
export function secondsAt(step: number, budget: number): number {
  const curve = curveOf(budget);
  return (curve.seconds / curve.growth) * Math.log1p((step * Math.expm1(curve.growth)) / budget);
}

/** Holds training to the curve, from wherever it stands. */
export interface FollowedPace {
  /**
   * @param now milliseconds, on any clock that does not go back
   * @returns how many steps are due by now
   */
  due(step: number, budget: number, now: number): number;
  /** Milliseconds from the last look until the next step is due. */
  wait(step: number, budget: number): number;
}

/** @param now milliseconds: when training begins, or goes on */
export function followPace(now: number): FollowedPace {
  let last = now;
  /** Seconds along the curve. */
  let place = 0;
  return {
    due(step, budget, at) {
      const here = secondsAt(step, budget);
      const next = secondsAt(step + 1, budget);
      place = Math.min(Math.max(here, place + (at - last) / 1000), next + MOST_BEHIND);
      last = at;
      return Math.max(0, Math.floor(stepAt(place, budget) + 1e-9) - step);
    },
    wait: (step, budget) => Math.max(0, 1000 * (secondsAt(step + 1, budget) - place)),
  };
}

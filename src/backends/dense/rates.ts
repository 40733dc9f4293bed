import { emaDecayAt } from '../learningRate.ts';
import type { StepRates } from '../types.ts';

const WARM_UP_STEPS = 50;
/** Share of the budget at whose end the rate falls. */
const WARM_DOWN = 0.3;
/** What is left of the rate in the end, and after it: training on goes on learning. */
const LEAST = 0.05;

export interface DenseRates {
  /** Peak learning rate. */
  readonly learningRate: number;
  /** Steps until the warm-down is over. */
  readonly budget: number;
  readonly emaDecay: number;
}

/** Linear warm-up, the peak, and a linear warm-down over the last 30 % of the budget. @param step 0 for the first */
export function denseRatesAt(step: number, { learningRate, budget, emaDecay }: DenseRates): StepRates {
  const warmth = Math.min(1, (step + 1) / WARM_UP_STEPS);
  const left = Math.min(1, (1 - step / budget) / WARM_DOWN);
  return {
    learningRate: learningRate * warmth * Math.max(LEAST, left),
    emaDecay: emaDecayAt(step, emaDecay),
  };
}

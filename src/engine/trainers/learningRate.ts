/** Share of the peak that the rate ends on, and stays on when training goes on beyond its budget. */
export const FLOOR = 0.03;

/**
 * Linear warm-up, then half a cosine down to FLOOR·peak at `budgetSteps`; constant from there on, so that training on
 * polishes the weights instead of throwing them about.
 * @param step 0 for the first step
 */
export function learningRateAt(step: number, peak: number, budgetSteps: number): number {
  const warmUp = Math.min(50, Math.ceil(budgetSteps / 10));
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  const done = Math.min(1, (step - warmUp) / Math.max(1, budgetSteps - warmUp));
  return peak * (FLOOR + (1 - FLOOR) * 0.5 * (1 + Math.cos(Math.PI * done)));
}

/** A young average forgets its first weights soon: min(decay, (1 + n)/(10 + n)) after n steps (as TensorFlow's EMA). */
export function emaDecayAt(step: number, decay: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

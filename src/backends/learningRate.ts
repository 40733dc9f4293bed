const WARM_UP_STEPS = 50;
/** Steps at the peak; from there on the rate falls, and never ends. */
const PEAK_STEPS = 1000;

/**
 * Linear warm-up, then peak/√max(step/1000, 1) (Karras et al. 2024): it knows no end, so training on goes on
 * learning, and the average of the weights stands in for a final decay.
 * @param step 0 for the first step
 */
export function learningRateAt(step: number, peak: number): number {
  const warmth = Math.min(1, (step + 1) / WARM_UP_STEPS);
  return (peak * warmth) / Math.sqrt(Math.max(1, step / PEAK_STEPS));
}

/**
 * Decay of the average by the length of the run: min(decay, (1 + n)/(10 + n)) after n steps, as TensorFlow's EMA. The
 * average then reaches over the last tenth or so of all steps (Karras et al. 2024, Section 3.1).
 */
export function emaDecayAt(step: number, decay: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

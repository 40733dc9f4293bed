/** Claims about what is learned: measured in the browser, by `tests/browser/experiments.spec.ts`. */
export const LEARNED_CLAIMS = [
  'learned-exact',
  'predict-noise',
  'predict-clean',
  'predict-velocity',
  'classes',
] as const;

export type LearnedClaim = (typeof LEARNED_CLAIMS)[number];

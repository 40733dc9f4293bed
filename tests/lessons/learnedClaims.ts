/** Claims about what is learned are measured in the browser, `tests/browser/experiments.spec.ts`. */
export const LEARNED_CLAIMS = {
  'learned-exact': null,
  'predict-noise': null,
  'predict-clean': null,
  'predict-velocity': null,
  classes: null,
} as const;

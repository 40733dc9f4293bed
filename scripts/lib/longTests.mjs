/** Files of tests that take ten seconds and more on one core, the longest first. */
export const LONG_TESTS = [
  'tests/browsers/webkit.test.ts',
  'tests/runtime/session.test.ts',
  'tests/families/gaussian/measurements.test.ts',
  'tests/core/samplers.optimalVariance.test.ts',
  'tests/lessons/claims.test.ts',
  'tests/views/density.test.ts',
  'tests/tooling/check.test.ts',
  'tests/worlds/words/methods.test.ts',
  'tests/tooling/importRules.test.ts',
  'tests/core/conditions.test.ts',
  'tests/backends/slopeLoss.test.ts',
  'tests/core/samplers.reach.test.ts',
  'tests/families/gaussian/studies/budget.test.ts',
];

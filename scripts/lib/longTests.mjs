/** Files of unit tests that take ten seconds and more on one core. */
export const LONG_TESTS = [
  'tests/families/gaussian/measurements.test.ts',
  'tests/runtime/session.test.ts',
  'tests/core/samplers.reach.test.ts',
  'tests/backends/slopeLoss.test.ts',
  'tests/views/density.test.ts',
  'tests/tooling/check.test.ts',
];

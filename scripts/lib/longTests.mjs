/** Files of tests that take fifteen seconds and more on one core, the longest first. */
export const LONG_TESTS = [
  'tests/browsers/webkit.test.ts',
  'tests/worlds/words/methods.test.ts',
  'tests/lessons/claims.test.ts',
  'tests/core/conditions.test.ts',
  'tests/core/samplers.reach.test.ts',
  'tests/tooling/check.test.ts',
  'tests/views/reverseSettings.test.tsx',
  'tests/worlds/words/diffuser.test.ts',
  'tests/runtime/session.test.ts',
  'tests/backends/slopeLoss.test.ts',
  'tests/families/gaussian/measurements.test.ts',
  'tests/core/samplers.parameters.test.ts',
  'tests/worlds/words/control.test.ts',
  'tests/families/gaussian/conditions.test.ts',
  'tests/tooling/importRules.test.ts',
  'tests/runtime/oneSnapshot.test.ts',
];

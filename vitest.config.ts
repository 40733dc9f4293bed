import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';
import { LongestFirst } from './scripts/lib/longestFirst.ts';

/** They put other modules in the place of some: each needs modules of its own. */
export const MOCKING = ['tests/runtime/previews.test.ts'];

export default defineConfig({
  plugins: [assemblyScript()],
  test: {
    environment: 'node',
    testTimeout: 30_000,
    // Without this, two cores make one worker.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'mocking', include: MOCKING } },
      {
        extends: true,
        test: {
          name: 'others',
          include: ['tests/**/*.test.{ts,tsx}'],
          // Real browsers have a run of their own.
          exclude: ['tests/browsers/**', ...MOCKING],
          // Loading modules once saves a fifth of the time and more.
          isolate: false,
        },
      },
    ],
  },
});

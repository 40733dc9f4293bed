import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';
import { LongestFirst } from './scripts/lib/longestFirst.ts';

/** Their engines count what they hold, in counters that a module keeps: each file needs modules of its own. */
const OF_ENGINES = ['tests/{backends,families,runtime}/**/*.test.{ts,tsx}'];

export default defineConfig({
  plugins: [assemblyScript()],
  test: {
    environment: 'node',
    testTimeout: 30_000,
    // Without this, two cores make one worker.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'engines', include: OF_ENGINES } },
      {
        extends: true,
        test: {
          name: 'others',
          include: ['tests/**/*.test.{ts,tsx}'],
          // Real browsers have a run of their own.
          exclude: ['tests/browsers/**', ...OF_ENGINES],
          // Loading modules once saves a fifth of the time.
          isolate: false,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/lib/longestFirst.ts';

/** The smoke test of the built page in every browser: `npm test -- browsers`. */
export default defineConfig({
  test: {
    include: ['tests/browsers/**/*.test.ts'],
    environment: 'node',
    // Training shares two cores with the browser, and the machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A browser is paced and waits half of its time: two at once, of which WebKit takes the longest.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});

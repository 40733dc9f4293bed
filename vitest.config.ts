import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';
import { LongestFirst } from './scripts/lib/longestFirst.ts';

export default defineConfig({
  plugins: [assemblyScript()],
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    // Real browsers have a run of their own.
    exclude: ['tests/browsers/**'],
    environment: 'node',
    testTimeout: 30_000,
    // Without this, two cores make one worker.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
  },
});

import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/lib/assemblyScript.ts';
import { LongestFirst } from './scripts/lib/longestFirst.ts';

export default defineConfig({
  plugins: [assemblyScript()],
  test: {
    include: [
      'tests/{core,config,engine,store,stage,charts,controls,pages,tooling,bench}/**/*.test.{ts,tsx}',
    ],
    environment: 'node',
    testTimeout: 30_000,
    // Without this, two cores make one worker.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
  },
});

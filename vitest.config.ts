import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{core,config,engine,store,stage,charts,controls,pages,tooling}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
  },
});

import { chromium, defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './scripts/lib/chromium.mjs';

/** scripts/test.mjs chooses a free one. */
const port = process.env.PLAYGROUND_PORT ?? '4273';
const origin = `http://localhost:${port}`;
/** The production build to test. */
const dist = process.env.DIST ?? 'dist';

const executablePath = findChromium(chromium.executablePath());
if (executablePath === null)
  throw new Error('No Chromium was found: set CHROMIUM to its path, or run "npm test".');

export default defineConfig({
  testDir: 'tests/browser',
  // Two browsers at a time, and time enough for a busy machine.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    // A trace slows every test by a third; a picture says most of it.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: CHROMIUM_ARGS },
  },
  // Suites of their own: random actions, which take the longest and begin first, and every way to fail.
  projects: [
    { name: 'fuzz', testMatch: /fuzz\.spec/, use: { browserName: 'chromium' } },
    { name: 'faults', testMatch: /faults\.spec/, use: { browserName: 'chromium' } },
    { name: 'chromium', testIgnore: /(faults|fuzz)\.spec/, use: { browserName: 'chromium' } },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --outDir ${dist} --host localhost --port ${port} --strictPort`,
    url: origin,
    reuseExistingServer: !process.env.CI,
  },
});

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './aptGet.mjs';
import { Advice } from './process.mjs';

/**
 * Headless Chromium with WebGPU on its software adapter, no look-ups of its own, and canvas drawing that is not
 * slowed to a few frames a second by software compositing.
 */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
  // Tests crash the GPU process on purpose; after three crashes a browser would go on without a GPU.
  '--disable-gpu-process-crash-limit',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The Chromium to test with: the one that CHROMIUM names, else one on the PATH or in its usual place.
 * @param ownPath Playwright's own, the last resort
 * @returns its path, or null when there is none
 */
export function findChromium(ownPath) {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', ...onPath, ...PLACES, ownPath];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

const ADVICE =
  'Install it from your system (Debian: apt-get install chromium), run "npx playwright install chromium", or set CHROMIUM to its path.';

/** Finds Chromium; on Debian's kind of system installs it where that needs no password. */
export async function ensureChromium() {
  const { chromium } = await import('@playwright/test');
  const found = findChromium(chromium.executablePath());
  if (found) return found;
  if (!existsSync('/usr/bin/apt-get')) throw new Advice('Chromium was not found.', ADVICE);

  if (!(await aptInstall(['chromium']))) {
    throw new Advice('Chromium was not found, and apt-get could not install it.', ADVICE);
  }
  const installed = findChromium();
  if (!installed) throw new Advice('apt-get installed no Chromium.', ADVICE);
  return installed;
}

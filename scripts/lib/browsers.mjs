import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { aptInstall } from './aptGet.mjs';
import { findChromium } from './chromium.mjs';

const FIREFOX_PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** The first of these places, or of these names on the PATH, that is there; null when none is. */
function find(names, places = []) {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places];
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** WebKitGTK's own small browser, which lies beside its libraries. */
function findMiniBrowser() {
  if (!existsSync('/usr/lib')) return null;
  const places = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/webkit2gtk-4.1/MiniBrowser`);
  return find([], places);
}

/** The three engines of the web: what each needs, as a path of each part, and Debian's packages of it. */
export const BROWSERS = {
  chromium: {
    packages: ['chromium'],
    find: () => ({ browser: findChromium(chromium.executablePath()) }),
  },
  firefox: {
    packages: ['firefox-esr'],
    find: () => ({ browser: process.env.FIREFOX ?? find(['firefox-esr', 'firefox'], FIREFOX_PLACES) }),
  },
  webkit: {
    packages: ['webkit2gtk-driver', 'xvfb', 'xauth'],
    find: () => ({
      browser: findMiniBrowser(),
      driver: find(['WebKitWebDriver']),
      screen: find(['xvfb-run']),
    }),
  },
};

/** The parts of a browser when all are there, else null. */
export function partsOf(name) {
  const parts = BROWSERS[name].find();
  return Object.values(parts).every((path) => path !== null) ? parts : null;
}

/** Installs the browsers that are missing where it can, and says which it could not have. */
export async function ensureBrowsers() {
  const missing = () => Object.keys(BROWSERS).filter((name) => partsOf(name) === null);
  const absent = missing();
  if (absent.length > 0) await aptInstall(absent.flatMap((name) => BROWSERS[name].packages));
  const leftOut = missing();
  if (leftOut.length > 0) {
    console.log(`Left out, because Debian's packages of them are not here: ${leftOut.join(', ')}.`);
  }
}

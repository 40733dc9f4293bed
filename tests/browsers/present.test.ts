import { expect, test } from 'vitest';
import { BROWSERS, type BrowserName, partsOf } from '../../scripts/lib/browsers.mjs';

test('there is a browser to try', () => {
  expect((Object.keys(BROWSERS) as BrowserName[]).some((name) => partsOf(name) !== null)).toBe(true);
});

import { type BrowserContext, test as cold } from '@playwright/test';

/**
 * The tests of a worker share a browser context, whose caches hold the page's code: it opens in half the time. Each has a
 * page of its own, and finds nothing stored. Whoever needs caches that are empty takes Playwright's own `test`.
 */
export const test = cold.extend<object, { warmContext: BrowserContext }>({
  warmContext: [
    async ({ browser }, use) => {
      const context = await browser.newContext();
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ warmContext }, use) => use(warmContext),
  page: async ({ warmContext, baseURL, viewport }, use) => {
    const page = await warmContext.newPage();
    const devtools = await warmContext.newCDPSession(page);
    const storageTypes = 'cookies,local_storage,indexeddb';
    await devtools.send('Storage.clearDataForOrigin', { origin: baseURL!, storageTypes });
    if (viewport) await page.setViewportSize(viewport);
    await use(page);
    await page.close();
  },
});

import { type BrowserContext, test as cold, type Page } from '@playwright/test';

/** A page of a context, for which nothing is stored. */
export async function pageWithoutStorage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const storageTypes = 'cookies,local_storage,indexeddb';
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes });
  return page;
}

/**
 * The tests of a worker share a browser context, whose caches hold the page's code: it opens in half the time. Each has a
 * page of its own, and finds nothing stored. Whoever needs caches that are empty takes Playwright's own `test`; those who
 * can do with a page that is open already take that of `kept.ts`.
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
    const page = await pageWithoutStorage(warmContext, baseURL!);
    if (viewport) await page.setViewportSize(viewport);
    await use(page);
    await page.close();
  },
});

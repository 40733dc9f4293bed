const VIEWPORT = { width: 1440, height: 900 };
const OPENING_SECONDS = 60;

/**
 * Opens the page in a profile of its own: nothing is cached, nothing else runs.
 * @param query URL parameters (the keys of src/experiment/fields.ts)
 * @param body gets the page; its answer is returned and the page closed
 * @param before run in the page before its own scripts
 */
export async function withPage({ browser, address }, query, body, before) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    if (before) await page.addInitScript(before);
    await page.goto(`${address}?${new URLSearchParams(query)}`);
    const offered = page.waitForFunction(() => 'diffusionPlayground' in window, undefined, { timeout: 0 });
    await within(page, OPENING_SECONDS, 'the page to offer its API', offered);
    return await body(page);
  } finally {
    await context.close();
  }
}

/**
 * Waits for a promise, but not for ever.
 * @param what is waited for, in words
 * @throws Error that says what did not come, and what the page says of itself
 */
export async function within(page, seconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, seconds * 1000);
  });
  promise.catch(() => {}); // when it is late, nobody hears how it ends
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    if (error) throw error;
    const said = await page.locator('header [role="status"], .notice-list').allInnerTexts();
    throw new Error(
      `waited ${seconds} s for ${what} (${page.url()}); the page says: ${said.join(' · ') || 'nothing'}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for the engine. @returns what it says of itself */
export const ready = (page) =>
  within(
    page,
    OPENING_SECONDS,
    'the engine to start',
    page.evaluate(() => window.diffusionPlayground.ready),
  );

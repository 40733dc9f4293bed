const VIEWPORT = { width: 1440, height: 900 };

/**
 * Opens the page in a profile of its own: nothing is cached, nothing else runs.
 * @param query URL parameters (the keys of src/config/fields.ts)
 * @param before run in the page before its own scripts
 * @param body gets the page; its answer is returned and the page closed
 */
export async function withPage({ browser, address }, query, body, before) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    if (before) await page.addInitScript(before);
    await page.goto(`${address}?${new URLSearchParams(query)}`);
    await page.waitForFunction(() => 'diffusionPlayground' in window);
    return await body(page);
  } finally {
    await context.close();
  }
}

/** Waits for the engine. @returns what it says of itself */
export const ready = (page) => page.evaluate(() => window.diffusionPlayground.ready);

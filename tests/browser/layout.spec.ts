import { expect, type Page, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

const STILL = { ...TINY, backend: 'cpu', budgetSteps: 5, loop: false, time: 0.5 } as const;

/** Lines of text and buttons that the header takes. */
function headerRows(page: Page): Promise<number> {
  return page.locator('.header-row').evaluate((row) => {
    const boxes = Array.from(row.children, (child) => child.getBoundingClientRect());
    const middles = boxes.map(({ top, bottom }) => (top + bottom) / 2).sort((a, b) => a - b);
    return middles.filter((middle, i) => i === 0 || middle - middles[i - 1]! > 12).length;
  });
}

/** Stage cards whose footer runs out of its card. */
function cutFooters(page: Page): Promise<readonly string[]> {
  return page
    .locator('.stage-footer')
    .evaluateAll((footers) =>
      footers
        .filter((footer) => footer.scrollWidth > footer.clientWidth)
        .map((footer) => footer.textContent ?? ''),
    );
}

for (const [width, height, rows] of [
  [1440, 900, 1],
  [1024, 768, 1],
  [390, 844, 2],
] as const) {
  test(`${width}×${height}: the header takes ${rows} of its rows, and no card is cut off`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, link(STILL));
    await expect(page.getByText(/, step 5$/).filter({ visible: true })).toHaveCount(3);
    expect(await headerRows(page)).toBeLessThanOrEqual(rows);
    expect(await cutFooters(page)).toEqual([]);
    const cards = await page
      .getByRole('article')
      .evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().height)));
    expect(new Set(cards).size).toBe(1);
  });
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const) {
  test(`${width}×${height}: the charts’ titles stand on one line, and so do their legends`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, link(STILL));
    for (const part of ['.chart-title', '.chart-legend']) {
      const tops = await page
        .locator(part)
        .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().top));
      expect(tops).toHaveLength(4);
      expect(Math.max(...tops) - Math.min(...tops), part).toBeLessThan(0.5);
    }
  });
}

test('on a phone, what opens the settings leads to them', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, link(STILL));
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await page.getByRole('button', { name: /^Reverse: DDIM/ }).click();
  await expect(settings.getByRole('combobox', { name: 'Sampler' })).toBeInViewport();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(settings.getByRole('tab', { name: 'Sampler' })).toBeInViewport();
});

test('a sampler that stays at one t counts its steps instead', async ({ page }) => {
  const langevin = { ...STILL, panel: 'sampler' } as const;
  await open(page, link(langevin));
  await page.getByRole('button', { name: /^Reverse: DDIM/ }).click();
  await page.getByRole('combobox', { name: 'Sampler' }).selectOption('langevin');
  const picture = page.getByRole('article').nth(2).getByRole('img');
  await expect(picture).toHaveAccessibleName(/50 particles at t = 0\.3 after 10 of 20 network evaluations/);
});

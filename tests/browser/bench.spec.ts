import { expect, type Page, test } from '@playwright/test';
import { SPEED_ENTRIES } from '../../src/protocol/speed.ts';
import { violations } from './axe.ts';
import { collectErrors, link, open, QUIET } from './support.ts';

const SHORT = '/bench.html?seconds=0.05';

async function expectClean(page: Page): Promise<void> {
  // Colours on their way from one theme to the other are neither's.
  await page.waitForFunction(() => document.getAnimations().length === 0);
  expect(await violations(page)).toEqual([]);
}

test('one press measures every engine, and the result can be taken along', async ({ page }) => {
  test.setTimeout(300_000);
  const errors = collectErrors(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(SHORT);
  await page.getByRole('button', { name: 'Measure' }).click();
  await expect(page.getByText('Done.')).toBeVisible({ timeout: 240_000 });
  for (const { name } of SPEED_ENTRIES) {
    await expect(page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })).toBeVisible();
  }
  const row = page.getByRole('row', { name: /^Scalar WebAssembly/ });
  await expect(row.getByRole('cell')).toHaveText([/^[\d,.]+$/, /^[\d.]+$/, /^\d+ %$/, /^[\d,.]+$/]);
  const text = page.getByRole('textbox', { name: 'The result as text' });
  await expect(text).toHaveValue(/\| Scalar WebAssembly \| [\d,.]+ \| [\d.]+ \| \d+ % \| [\d,.]+ \|/);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectClean(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectClean(page);
  expect(errors).toEqual([]);
});

test('a measurement can be cancelled, and begun again', async ({ page }) => {
  await page.goto('/bench.html?seconds=30');
  const measure = page.getByRole('button', { name: 'Measure' });
  await measure.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(measure).toBeVisible();
  await measure.click();
  await expect(page.getByText(/^Measuring:/)).toBeVisible();
});

test('the help leads there, and the page loads nothing of the playground', async ({ page }) => {
  await open(page, link(QUIET));
  await page.getByRole('button', { name: 'What is this?' }).click();
  const address = page.getByRole('link', { name: 'How fast is every engine on this device?' });
  await expect(address).toHaveAttribute('href', 'bench.html');
  // What the playground still fetches is none of it.
  await page.goto('about:blank');
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) bytes += (await response.body()).length;
  });
  await page.goto('/bench.html');
  await expect(page.getByRole('heading', { name: 'Engines on this device' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(350_000);
});

import { expect, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

test.beforeEach(async ({ page }) => {
  await open(page, link({ ...TINY, nChain: 100, backend: 'cpu', panel: 'noise' }));
});

test('warns when x_T is not noise, and no longer when β is scaled', async ({ page }) => {
  const warning = page.getByRole('status').filter({ hasText: 'is not pure noise yet' });
  await expect(page.getByText('Signal left at the end')).toContainText(/e-5/);
  await expect(warning).toHaveCount(0);
  const scale = page.getByRole('switch', { name: 'Scale β by 1000/T' });
  await scale.click();
  await expect(warning).toBeVisible();
  // DDPM's own range over 100 steps: the trap that the switch is for.
  await expect(page.getByText('Signal left at the end')).toContainText('0.364');
  await scale.click();
  await expect(warning).toHaveCount(0);
});

test('schedules are compared in the chart', async ({ page }) => {
  const chart = page.getByRole('figure').first();
  await expect(chart).toContainText('Linear');
  await expect(chart).not.toContainText('Cosine');
  await page.getByRole('button', { name: 'Cosine', exact: true }).click();
  await page.getByRole('button', { name: 'Sigmoid', exact: true }).click();
  await expect(chart).toContainText('Cosine');
  await expect(chart).toContainText('Sigmoid');
  for (const quantity of ['Noise per step, beta', 'Log signal-to-noise ratio']) {
    await page.getByRole('radio', { name: quantity }).click();
    await expect(page.getByRole('radio', { name: quantity })).toBeChecked();
    await expect(chart.locator('.main-svg').first()).toBeAttached();
  }
});

test('another schedule begins a fresh model', async ({ page }) => {
  await page.evaluate(() => window.diffusionPlayground.train({ steps: 50 }));
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('cosine');
  await expect.poll(() => page.evaluate(() => window.diffusionPlayground.config().schedule)).toBe('cosine');
  const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 1 }));
  expect(step).toBeLessThan(50);
});

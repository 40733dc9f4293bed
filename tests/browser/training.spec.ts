import { expect, test } from '@playwright/test';
import { collectErrors, link, open, untilGood } from './support.ts';

test('opens quietly, without an error in the console', async ({ page }) => {
  const errors = collectErrors(page);
  await open(page, link());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Diffusion Playground');
  await page.waitForLoadState('networkidle');
  expect(errors).toEqual([]);
});

test('asks for a favicon that exists', async ({ page, request }) => {
  await page.goto(link());
  const icons = await page
    .locator('link[rel~="icon"]')
    .evaluateAll((links) => links.map((icon) => (icon as HTMLLinkElement).href));
  expect(icons.length).toBeGreaterThan(0);
  for (const icon of icons) expect((await request.get(icon)).status()).toBe(200);
});

test('trains by itself on wasm until its samples are near the data', async ({ page }) => {
  const errors = collectErrors(page);
  const info = await open(page, link({ backend: 'wasm' }));
  expect(info.backend).toBe('wasm');
  const quality = await untilGood(page, 2);
  expect(quality.source).toBe('own');
  expect(quality.distance).toBeLessThan(2 * quality.perfect);
  expect(errors).toEqual([]);
});

test('pauses, steps once, goes on and starts anew', async ({ page }) => {
  await open(page, link({ backend: 'cpu', width: 16, depth: 1, batchSize: 64 }));
  await page.getByRole('button', { name: 'Pause' }).click();
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await expect(train).toBeVisible();
  const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 1 }));
  expect(step).toBeGreaterThan(0);
  await train.click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('a main thread that shows the state of training stays in step with the worker', async ({ page }) => {
  await open(page, link({ backend: 'wasm' }));
  const losses = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        window.diffusionPlayground.on('progress', ({ losses }) => {
          count += losses.length;
          if (count > 50) resolve(count);
        });
      }),
  );
  expect(losses).toBeGreaterThan(50);
});

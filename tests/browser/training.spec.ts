import { expect } from '@playwright/test';
import { collectErrors, link, open, QUIET, TINY, untilGood } from './support.ts';
import { test } from './warm.ts';

test('opens quietly, without an error in the console, and asks for icons that exist', async ({
  page,
  request,
}) => {
  const errors = collectErrors(page);
  await open(page, link());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Diffusion Playground');
  const icons = await page
    .locator('link[rel~="icon"]')
    .evaluateAll((links) => links.map((icon) => (icon as HTMLLinkElement).href));
  expect(icons.length).toBeGreaterThan(0);
  for (const icon of icons) expect((await request.get(icon)).status()).toBe(200);
  await page.waitForLoadState('networkidle');
  expect(errors).toEqual([]);
});

test('trains by itself until its samples are near the data', async ({ page }) => {
  const errors = collectErrors(page);
  const info = await open(page, link());
  expect(info.backend).toBe('simd');
  const quality = await untilGood(page, 2);
  expect(quality.source).toBe('own');
  expect(quality.slicedW2.value).toBeLessThan(2 * quality.slicedW2.perfect);
  expect(errors).toEqual([]);
});

test('pauses, steps once, goes on, starts anew and forgets', async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', budgetSteps: 100_000, panel: 'model' }));
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const shown = page.locator('.status-step strong');
  const stepNumber = async () => Number((await shown.textContent())?.replaceAll(/\D/g, ''));
  await expect.poll(stepNumber).toBeGreaterThan(0);

  await button('Pause').click();
  await expect(button('Train on')).toBeVisible();
  const paused = await stepNumber();
  await button('One training step').click();
  await expect.poll(stepNumber).toBe(paused + 1);
  await expect(button('Train on')).toBeVisible();

  await button('Train on').click();
  await expect(button('Pause')).toBeVisible();
  await expect.poll(stepNumber).toBeGreaterThan(paused + 20);
  const far = await stepNumber();
  await button('Restart training').click();
  await expect.poll(stepNumber).toBeLessThan(far);
  await expect(button('Pause')).toBeVisible();

  await button('Forget everything').click();
  await expect(button('Train')).toBeVisible();
  expect(await stepNumber()).toBe(0);
});

test('says when training is over, and trains on all the same', async ({ page }) => {
  await open(page, link({ ...QUIET, budgetSteps: 20 }));
  const chip = page.locator('.phase-chip');
  // What is left, or that it did not work: after so few steps never the ✓.
  const unfinished = /^(\d.* (off|missed)|Did not work)$/;
  await expect(chip).toHaveText(unfinished, { timeout: 60_000 });
  const step = page.locator('.status-step');
  await expect(step).toContainText('step 20 of 20');
  await page.getByRole('button', { name: 'Train on', exact: true }).click();
  await expect(step).toContainText('step 40');
  await expect(chip).toHaveText(unfinished, { timeout: 60_000 });
});

test('says of a sampler that errs by itself, with the cure in one press', async ({ page }) => {
  const stages = 'r_ddim_20_0_bt_linear_l_p~r_ddim_20_0_bt_quadratic_l_p';
  await open(page, `/?d=twenty-five-gaussians&n=50&w=16&l=1&st=${stages}`);
  const cards = page.getByRole('article');
  await expect(cards.first()).toContainText(/Sampler alone: 2\d % astray/);
  await expect(cards.last()).not.toContainText('Sampler alone');
  await cards.first().getByRole('button', { name: 'Quadratic times' }).click();
  await expect(cards.first()).toContainText('Quadratic');
  await expect(cards.first()).not.toContainText('Sampler alone');
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

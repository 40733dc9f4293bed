import { expect } from '@playwright/test';
import { collectErrors, link, open, QUIET } from './support.ts';
import { test } from './warm.ts';

test('an unreadable link opens the nearest experiment and says what it changed', async ({ page }) => {
  const errors = collectErrors(page);
  await open(page, '/?d=atlantis&T=99999&lr=NaN&w=-3&st=%00%01&xy=%E0%A4&whatever=1');
  const config = await page.evaluate(() => window.diffusionPlayground.config());
  expect(config.dataset).toBe('swiss-roll');
  expect(config.nChain).toBe(1000);
  expect(config.width).toBe(8);
  const said = page.getByRole('status').or(page.getByRole('alert'));
  await expect(said.filter({ hasText: /atlantis/ }).first()).toBeVisible();
  await expect(said.filter({ hasText: /1000/ }).first()).toBeVisible();
  expect(errors).toEqual([]);
});

test('a link reproduces the samples, seed included', async ({ page }) => {
  const draw = () =>
    page.evaluate(async () => {
      const { sample } = window.diffusionPlayground;
      const { points } = await sample({ sampler: 'ddim', nSteps: 10, n: 100, seed: 4, denoiser: 'exact' });
      return [...points];
    });
  await open(page, link({ ...QUIET, dataset: 'moons', seed: 7 }));
  const first = await draw();
  await page.reload();
  await page.evaluate(() => window.diffusionPlayground.ready);
  expect(await draw()).toEqual(first);
});

test('changes are in the address, and back and forward undo and redo them', async ({ page }) => {
  await open(page, link({ ...QUIET }));
  const dataset = () => page.evaluate(() => window.diffusionPlayground.config().dataset);
  await page.getByRole('radio', { name: 'Two moons' }).click();
  await expect.poll(() => page.url()).toContain('d=moons');
  await page.goBack();
  await expect.poll(dataset).toBe('swiss-roll');
  await page.goForward();
  await expect.poll(dataset).toBe('moons');
});

test('a link to a time rests there, whatever the stages show, and keeps it', async ({ page }) => {
  const time = page.getByRole('slider', { name: 'Time' });
  for (const stages of ['', 'r', 'f']) {
    await open(page, `/?n=10&k=50&T=20&t=0.4${stages && `&st=${stages}`}`);
    await page.waitForTimeout(600);
    await expect(time).toHaveValue('0.4');
    expect(page.url()).toContain('t=0.4');
  }
});

test('the embed shows the stages and the scrubber alone', async ({ page }) => {
  await open(page, link({}, 'embed'));
  await expect(page.getByRole('slider', { name: 'Time' })).toBeVisible();
  await expect(page.locator('canvas').first()).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Data set' })).toHaveCount(0);
  await expect(page.getByRole('radiogroup', { name: 'Data set' })).toHaveCount(0);
});

test('the projector theme has larger type', async ({ page }) => {
  const textSize = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  await open(page, link({ theme: 'light' }));
  const usual = await textSize();
  await open(page, link({ theme: 'projector' }));
  expect(await textSize()).toBeGreaterThan(1.2 * usual);
});

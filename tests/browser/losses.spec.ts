import { expect } from '@playwright/test';
import { test, visit } from './kept.ts';
import { collectErrors, link, open, TINY } from './support.ts';

const SMALL = { ...TINY, budgetSteps: 1, loop: false, time: 0.5 };
const panelLink = (patch: Parameters<typeof link>[0]) =>
  link({ ...SMALL, panel: 'model', level: 'all', ...patch });

test('score matching by its slope trains where TensorFlow.js does, and denoising goes back', async ({
  page,
}) => {
  const errors = collectErrors(page);
  const { engine } = await open(page, panelLink({ loss: 'implicit' }));
  expect(engine).toBe('tfjs');
  const panel = page.locator('.panel-section');
  await expect(panel.getByText(/needs the slope of the network/)).toBeVisible();
  await expect(page.locator('.equation-box')).toContainText('∇');
  for (const loss of ['implicit', 'sliced', 'sliced-vr']) {
    const trained = await page.evaluate(async (id) => {
      await window.diffusionPlayground.configure({ loss: id });
      return window.diffusionPlayground.train({ steps: 60 });
    }, loss);
    expect(trained.loss).toBeGreaterThan(-1);
    expect(trained.loss).toBeLessThan(2);
  }
  await panel.getByLabel('Loss', { exact: true }).selectOption('Denoising');
  await expect(panel.getByText(/needs the slope of the network/)).toBeHidden();
  await expect(page.getByRole('banner')).not.toContainText('tfjs');
  expect(errors).toEqual([]);
});

test('a loss takes away what it cannot do with, and says what a program may ask for', async ({ page }) => {
  await visit(page, panelLink({ activation: 'relu', learnedVariance: true }));
  const variance = page.getByRole('switch', { name: /^Learned variance/ });
  await expect(variance).toBeVisible();
  await page.getByLabel('Loss', { exact: true }).selectOption('Sliced score matching');
  await expect(variance).toBeHidden();
  await expect(page.getByLabel('Activation')).toHaveValue('silu');
  await expect(page.getByLabel('Activation').getByRole('option', { name: 'ReLU' })).toBeDisabled();
  const said = await page.evaluate(() =>
    window.diffusionPlayground.configure({ activation: 'relu' }).then(
      () => 'nothing',
      (error: Error) => error.message,
    ),
  );
  expect(said).toMatch(/activation .*needs an activation without kinks; allowed: silu, gelu or tanh/);
});

test('draws of t that follow the losses are offered, and train as well', async ({ page }) => {
  await visit(page, panelLink({}));
  const draws = page.getByLabel(/^Timestep sampling/);
  await draws.selectOption('Loss-aware');
  await expect(page.getByRole('slider', { name: 'uniform share' })).toBeVisible();
  await expect(page.locator('.equation-box')).toContainText('p');
  const { loss, step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 600 }));
  expect(step).toBeGreaterThanOrEqual(600);
  expect(loss).toBeGreaterThan(0);
  expect(loss).toBeLessThan(0.7);
  await page.getByLabel('Loss', { exact: true }).selectOption('Implicit score matching');
  await expect(draws).toHaveValue('log-noise');
});

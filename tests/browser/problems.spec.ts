import { expect } from '@playwright/test';
import { link, open, TINY } from './support.ts';
import { test } from './warm.ts';

test('without WebGPU the page computes on the CPU and says that there is no adapter', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }));
  await open(page, link({ ...TINY, panel: 'model' }));
  await expect(page.locator('.engine-chip')).toHaveText('WebAssembly');
});

test('a diverged loss stops training and says what to change; a restart learns again', async ({ page }) => {
  // Deep and wide: steps of 0.1 on every weight multiply from layer to layer.
  const reckless = {
    ...TINY,
    width: 256,
    depth: 6,
    batchSize: 8,
    learningRate: 0.1,
    panel: 'model',
  } as const;
  await open(page, link({ ...reckless, backend: 'simd' }));
  await expect(page.locator('.phase-chip')).toHaveText('Diverged', { timeout: 30_000 });
  await expect(page.getByRole('alert')).toContainText(
    /The loss (has grown to|is no longer a finite number).*The learning rate of 0.1 is high/s,
  );
  await expect(page.getByRole('button', { name: 'One training step' })).toBeDisabled();
  await expect(page.locator('.quality-readout')).not.toHaveText('measuring…');

  await page.getByRole('button', { name: 'Lower it and train' }).click();
  await expect(page.locator('.phase-chip')).toHaveText('Training');
  expect(await page.evaluate(() => window.diffusionPlayground.config().learningRate)).toBe(0.003);
});

test('when the worker dies the page says so, and a restart brings another', async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', budgetSteps: 100_000 }));
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      self.close();
      throw new Error('out of luck');
    });
  });
  await expect(page.getByRole('alert')).toContainText(/worker stopped.*out of luck/s);
  await expect(page.locator('.phase-chip')).toHaveText('Stopped');
  await page.getByRole('button', { name: 'Restart training' }).click();
  await expect(page.locator('.phase-chip')).toHaveText('Training');
  expect(page.workers()).toHaveLength(1);
  const before = await page.evaluate(() => window.diffusionPlayground.train({ steps: 3 }));
  const after = await page.evaluate(() => window.diffusionPlayground.train({ steps: 3 }));
  expect(after.step).toBe(before.step + 3);
});

test('a worker that ends without a word is noticed', async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', budgetSteps: 100_000 }));
  await page.workers()[0]!.evaluate(() => void setTimeout(() => self.close()));
  await expect(page.getByRole('alert')).toContainText(/no longer answers/, { timeout: 40_000 });
  await page.getByRole('button', { name: 'Restart training' }).click();
  await expect(page.locator('.phase-chip')).toHaveText('Training');
});

test('a tab that was frozen trains on when it wakes', async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'simd', budgetSteps: 1_000_000 }));
  await page.evaluate(() => window.diffusionPlayground.train({ steps: 5 }));
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 5 }));
  expect(step).toBeGreaterThan(5);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

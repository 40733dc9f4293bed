import { expect } from '@playwright/test';
import type { BackendChoice } from '../../src/experiment/backends.ts';
import { test, visit } from './kept.ts';
import { link, QUIET } from './support.ts';

/** Those of WebGPU say so where they are lost: deviceLoss.spec. */
const CHOSEN: readonly (readonly [choice: BackendChoice, chip: string, reason: RegExp])[] = [
  ['simd', 'WebAssembly', /You chose SIMD WebAssembly/],
  ['webgl', 'tfjs WebGL', /You chose TensorFlow\.js on WebGL/],
  ['wasm', 'tfjs WebAssembly', /You chose TensorFlow\.js on WebAssembly/],
  ['cpu', 'tfjs plain CPU', /You chose TensorFlow\.js in plain JavaScript/],
  ['auto', 'WebAssembly', /only GPU adapter is imitated by the CPU .* SIMD WebAssembly is faster/],
];

for (const [choice, chip, reason] of CHOSEN) {
  test(`computes on ${choice} when the link says so, and says why`, async ({ page }) => {
    await visit(page, link({ ...QUIET, backend: choice, panel: 'model' }));
    await expect(page.locator('.engine-chip')).toHaveText(chip);
    await expect(page.getByRole('tabpanel')).toContainText(reason);
    const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 2 }));
    expect(step).toBeGreaterThanOrEqual(2);
  });
}

test('the backend is changed in the page, and training goes on from the same step', async ({ page }) => {
  await visit(page, link({ ...QUIET, backend: 'cpu', panel: 'model', budgetSteps: 100_000 }));
  const before = await page.evaluate(() => window.diffusionPlayground.train({ steps: 50 }));
  await page.getByRole('combobox', { name: 'Computes on' }).selectOption('simd');
  await expect(page.locator('.engine-chip')).toHaveText('WebAssembly');
  const after = await page.evaluate(() => window.diffusionPlayground.train({ steps: 1 }));
  expect(after.step).toBe(before.step + 1);
});

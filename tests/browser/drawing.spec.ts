import { expect, type Page } from '@playwright/test';
import { test, visit } from './kept.ts';
import { link, QUIET } from './support.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Draw your own data' });
const trainOnIt = (page: Page) => dialog(page).getByRole('button', { name: 'Train on this drawing' });

test.beforeEach(async ({ page }) => {
  await visit(page, link({ ...QUIET, panel: 'data' }));
  await page.getByRole('button', { name: 'Draw your own…' }).first().click();
});

test('an empty drawing cannot be trained on, and says so', async ({ page }) => {
  await expect(dialog(page).getByText('An empty drawing cannot be trained on')).toBeVisible();
  await expect(trainOnIt(page)).toBeDisabled();

  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.getByRole('combobox', { name: 'Data set' }).selectOption('custom');
  await expect(dialog(page)).toBeVisible();
  expect(await page.evaluate(() => window.diffusionPlayground.config().dataset)).toBe('swiss-roll');
});

test('a drawing with the mouse can be erased, undone, cleared and trained on', async ({ page }) => {
  const pad = dialog(page).getByRole('application', { name: 'Drawing pad' });
  const count = dialog(page).getByText('of 1,000 points');
  const points = async () => Number.parseInt((await count.textContent()) ?? '', 10);
  const box = (await pad.boundingBox())!;
  const drag = async (...places: readonly (readonly [number, number])[]) => {
    for (const [i, [x, y]] of places.entries()) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 8 });
      if (i === 0) await page.mouse.down();
    }
    await page.mouse.up();
  };
  await drag([0.2, 0.2], [0.8, 0.2], [0.8, 0.8]);
  const drawn = await points();
  expect(drawn).toBeGreaterThan(30);

  await dialog(page).getByRole('radio', { name: 'Eraser' }).click();
  await drag([0.2, 0.2], [0.6, 0.2]);
  expect(await points()).toBeLessThan(drawn);
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  expect(await points()).toBe(drawn);

  await trainOnIt(page).click();
  await expect(dialog(page)).toHaveCount(0);
  const config = await page.evaluate(() => window.diffusionPlayground.config());
  expect(config.dataset).toBe('custom');
  expect(config.customPoints).toHaveLength(2 * drawn);
  const samples = await page.evaluate(() => window.diffusionPlayground.data({ n: 500, seed: 1 }));
  expect(Math.max(...samples.map(Math.abs))).toBeLessThan(4);
});

test('a drawing with the keyboard is a data set too', async ({ page }) => {
  const pad = dialog(page).getByRole('application', { name: 'Drawing pad' });
  await pad.focus();
  for (const key of ['Space', 'Shift+ArrowLeft', 'Space', 'Shift+ArrowUp', 'Enter']) {
    await page.keyboard.press(key);
  }
  await trainOnIt(page).click();
  await expect.poll(() => page.evaluate(() => window.diffusionPlayground.config().dataset)).toBe('custom');
});

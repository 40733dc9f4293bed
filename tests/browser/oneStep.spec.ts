import { expect, type Page } from '@playwright/test';
import { newStage } from '../../src/views/index.ts';
import { contrastViolations, violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { collectErrors, link, QUIET } from './support.ts';

const shown = { ...QUIET, budgetSteps: 5, charts: ['one-step', 'schedule'] } as const;
const stageOf = (page: Page) =>
  page.evaluate(() => {
    const stage = window.diffusionPlayground.config().stages[0]!;
    return stage.kind === 'one-step' ? { x: stage.x, y: stage.y, nSteps: stage.nSteps } : null;
  });

test('a person sees one step under the microscope, and moves x_t by hand and by keys', async ({ page }) => {
  const errors = collectErrors(page);
  const stages = [{ ...newStage['one-step'], layers: ['origins', 'factors'] as const }];
  await visit(page, link({ ...shown, stages }));
  await page.evaluate(() => window.diffusionPlayground.configure({ time: 0.5 }));
  const card = page.getByRole('article', { name: 'Stage 1: One step' });
  const parts = card.getByRole('list', { name: 'Parts of the picture' });
  await expect(parts).toContainText(/its best Gaussian, 2σ *\d[\d.e-]* bits/);
  await expect(parts).toContainText(/model’s step, 2σ *\d[\d.e-]* bits/);
  await expect(parts).toContainText('their product');
  await expect(card).toContainText('t = 0.50 → s = 0.30');
  await expect(page.getByRole('img', { name: /^divergence from a Gaussian: 5 steps from/ })).toBeAttached();

  const picture = card.getByRole('button', { name: /^Move x_t in One step/ });
  const box = (await picture.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.7 * box.width, box.y + 0.3 * box.height, { steps: 4 });
  await page.mouse.up();
  const dragged = (await stageOf(page))!;
  expect(dragged.x).toBeGreaterThan(0.5);
  expect(dragged.y).toBeGreaterThan(0.5);

  await picture.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  expect((await stageOf(page))!.x).toBeCloseTo(dragged.x - 0.1, 2);
  expect((await stageOf(page))!.y).toBeCloseTo(dragged.y - 0.1, 2);
  // The link has it.
  await expect.poll(() => page.url()).toContain(`x(${(await stageOf(page))!.x})`);
  await expect(parts).toContainText(/its best Gaussian, 2σ *\d[\d.e-]* bits/);
  expect(errors).toEqual([]);
});

test('axe finds nothing in one step, its settings and its chart', async ({ page }) => {
  await visit(page, link({ ...shown, panel: 'sampler', stages: [newStage['one-step']] }));
  for (const theme of ['light', 'dark', 'projector'] as const) {
    await page.evaluate((name) => window.diffusionPlayground.configure({ theme: name }), theme);
    await page.waitForFunction(() => document.getAnimations().length === 0);
    const look = theme === 'light' ? violations : contrastViolations;
    expect(await look(page), theme).toEqual([]);
  }
});

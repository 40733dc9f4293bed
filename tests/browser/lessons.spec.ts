import { expect, type Page } from '@playwright/test';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { TOUR } from '../../src/lessons/tour.ts';
import { violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { collectErrors, link, QUIET } from './support.ts';

/** Little to compute, so that the page has the machine for itself. */
const STILL = link({ ...QUIET, budgetSteps: 5 });
const config = (page: Page) => page.evaluate(() => window.diffusionPlayground.config());
const clean = async (page: Page, within: string) => {
  await page.waitForFunction(() => document.getAnimations().length === 0);
  expect(await violations(page, within)).toEqual([]);
};

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

test('an experiment is chosen from the menu by keyboard, said on the page, linked, and undone by Back', async ({
  page,
}) => {
  const errors = collectErrors(page);
  await visit(page, STILL);
  const before = await config(page);
  const button = page.getByRole('button', { name: 'Experiments' });
  await button.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Experiments' });
  await expect(menu.getByRole('button', { name: /./ })).toHaveCount(experiments.entries.length + 1);
  await clean(page, '[role="dialog"]');
  const { title, lookFor } = experiments.get('eta');
  await menu.getByRole('button', { name: title }).press('Enter');
  await expect(menu).toHaveCount(0);
  await expect(button).toBeFocused();
  const bar = page.getByRole('region', { name: 'Experiment' });
  await expect(bar.getByRole('status')).toContainText(lookFor);
  expect((await config(page)).stages).toHaveLength(3);
  await expect(page).toHaveURL(/experiment=eta/);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => Object.assign(window, { copied: text }) },
    });
  });
  await bar.getByRole('button', { name: 'Copy link' }).click();
  await expect(bar.getByRole('button', { name: 'Copied' })).toBeFocused();
  expect(await page.evaluate(() => Reflect.get(window, 'copied'))).toMatch(/\/\?experiment=eta$/);
  await clean(page, '.lesson-bar');
  await page.goBack();
  await expect(bar).toHaveCount(0);
  expect(await config(page)).toEqual({ ...before, stages: expect.anything() });
  await page.goForward();
  await expect(bar).toBeVisible();
  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page).not.toHaveURL(/experiment=/);
  expect(errors).toEqual([]);
});

test('a link opens an experiment, and says so when there is none of that name', async ({ page }) => {
  await visit(page, '/?experiment=one-step&gpu=simd');
  await expect(page.getByRole('region', { name: 'Experiment' })).toContainText('One step is not enough');
  await visit(page, '/?experiment=teleport&gpu=simd');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('“teleport”');
});

test('the tour is offered once, walked by keyboard, left by Escape, and puts back what was there', async ({
  page,
}) => {
  await visit(page, STILL);
  const before = await config(page);
  await page.getByRole('button', { name: 'Take the one-minute tour' }).press('Enter');
  for (const [i, { title, text, stages }] of TOUR.entries()) {
    const card = page.getByRole('dialog', { name: `step ${i + 1} of 6: ${title}` });
    await expect(card).toBeFocused();
    await expect(card.getByRole('status')).toHaveText(text);
    await expect(page.getByRole('article', { name: /^Stage/ })).toHaveCount(stages.length);
    // All cards are built alike.
    if (i === 0 || i === TOUR.length - 1) await clean(page, '.tour-card');
    if (i < TOUR.length - 1) await card.getByRole('button', { name: 'Next' }).press('Enter');
  }
  await page.getByRole('button', { name: 'Put my page back' }).press('Enter');
  expect(await config(page)).toEqual(before);

  await page.reload();
  await expect(page.getByRole('slider', { name: 'Time' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take the one-minute tour' })).toHaveCount(0);
  await page.getByRole('button', { name: 'What is this?' }).click();
  await page.getByRole('button', { name: 'Take the tour' }).click();
  const card = page.getByRole('dialog', { name: /step 1 of 6/ });
  await expect(card).toBeFocused();
  await page.evaluate(() => window.diffusionPlayground.configure({ theme: 'projector' }));
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    for (const button of await card.getByRole('button').all())
      await expect(button, `${size.width} wide: the card is whole`).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  await expect(page.getByRole('article', { name: /^Stage/ })).toHaveCount(TOUR[0]!.stages.length);
});

test('words explain themselves on hover, focus and press', async ({ page }) => {
  await visit(page, link({ ...QUIET, budgetSteps: 5, panel: 'noise' }));
  const term = page.getByRole('button', { name: 'β schedule' });
  const card = page.getByRole('dialog', { name: 'Explanation' });
  await term.hover();
  await expect(card).toContainText('How fast the signal fades');
  await page.mouse.move(5, 500);
  await expect(card).toHaveCount(0);
  await term.press('Enter');
  await expect(card.getByRole('link')).toBeVisible();
  await clean(page, '.term-card');
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  // The select is still called by its label, which does not open it.
  await expect(page.getByRole('combobox', { name: 'β schedule' })).toHaveValue('linear');

  const symbols = page.getByRole('list', { name: 'Symbols' });
  await expect(symbols.getByRole('listitem').filter({ hasText: 'steps T' })).toContainText('= 20');
  await page.getByRole('button', { name: /^Words of stage DDPM/ }).click();
  await expect(page.getByRole('dialog', { name: /^Words of stage/ })).toContainText('evaluations');
});

test('the explanation below sets the stages above', async ({ page }) => {
  await visit(page, STILL);
  const text = page.getByRole('region', { name: 'How diffusion models work' });
  await page.locator('.explanation-below').scrollIntoViewIfNeeded();
  await expect(text).toBeVisible();
  await clean(page, '.explanation');
  await text.getByRole('button', { name: 'one step', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Experiment' })).toContainText('One step is not enough');
  await expect(page.getByRole('article', { name: /^Stage 1/ })).toBeInViewport();
});

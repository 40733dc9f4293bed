import { expect, type Page } from '@playwright/test';
import type { PanelId } from '../../src/experiment/types.ts';
import { contrastViolations, violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { link, open, QUIET } from './support.ts';

/** Little to compute, so that the page has the machine for itself. */
const STILL = { ...QUIET, budgetSteps: 5 } as const;
const PANELS: readonly PanelId[] = ['noise', 'model', 'sampler', 'view'];

test('axe finds nothing in any theme', async ({ page }) => {
  await visit(page, link(STILL));
  for (const theme of ['light', 'dark', 'projector'] as const) {
    await page.evaluate((name) => window.diffusionPlayground.configure({ theme: name }), theme);
    // Colours on their way from one theme to the other are neither's.
    await page.waitForFunction(() => document.getAnimations().length === 0);
    const look = theme === 'light' ? violations : contrastViolations;
    expect(await look(page), theme).toEqual([]);
  }
});

test('axe finds nothing in an embed', async ({ page }) => {
  await open(page, link(STILL, 'embed'));
  expect(await violations(page)).toEqual([]);
});

test('axe finds nothing in any of the panels', async ({ page }) => {
  await visit(page, link(STILL));
  // The test before may have left another theme.
  await page.waitForFunction(() => document.getAnimations().length === 0);
  for (const panel of PANELS) {
    await page.getByRole('tab', { name: panel }).click();
    await expect(page.getByRole('tabpanel', { name: panel })).toBeVisible();
    expect(await violations(page, 'aside'), panel).toEqual([]);
  }
});

test('axe finds nothing: on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, link(STILL));
  expect(await violations(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

/** Over the page: what opens it and what must then be there. */
const OPENED: readonly (readonly [
  name: string,
  role: 'dialog' | 'menu',
  open: (page: Page) => Promise<void>,
])[] = [
  ['help', 'dialog', (page) => page.getByRole('button', { name: 'What is this?' }).click()],
  ['share', 'dialog', (page) => page.getByRole('button', { name: 'Share or embed' }).click()],
  ['drawing', 'dialog', (page) => page.getByRole('button', { name: 'Draw your own…' }).click()],
  [
    'stage menu',
    'menu',
    (page) =>
      page
        .getByRole('button', { name: /^Options of stage/ })
        .first()
        .click(),
  ],
];

test('axe finds nothing in dialogs, menus and messages', async ({ page }) => {
  await open(page, link(STILL, 'unknown=1'));
  await expect(page.getByRole('status').filter({ hasText: 'unknown' })).toBeVisible();
  for (const [name, role, show] of OPENED) {
    await show(page);
    await expect(page.getByRole(role)).toBeVisible();
    expect(await violations(page, `[role="${role}"]`), name).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toHaveCount(0);
  }
});

test('the keyboard moves time, and Space acts on a focused control alone', async ({ page }) => {
  await visit(page, link({ ...QUIET }));
  const slider = page.getByRole('slider', { name: 'Time' });
  const time = async () => Number(await slider.inputValue());
  await slider.press('Home');
  expect(await time()).toBe(0);
  await slider.press('End');
  expect(await time()).toBe(1);
  await slider.press('ArrowLeft');
  expect(await time()).toBeLessThan(1);

  const loop = page.getByRole('button', { name: 'Loop' });
  await loop.press(' ');
  await expect(loop).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Play the animation' })).toBeVisible();

  await loop.blur();
  await page.keyboard.press('Home');
  expect(await time()).toBe(0);
  await page.keyboard.press('End');
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Pause the animation' })).toBeVisible();
});

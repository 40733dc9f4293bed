import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { PanelId } from '../../src/config/types.ts';
import { link, open, TINY } from './support.ts';

const PANELS: readonly PanelId[] = ['data', 'noise', 'model', 'sampler', 'view'];
const CASES: readonly (readonly [name: string, address: string])[] = [
  ...PANELS.map((panel) => [`light, ${panel}`, link({ theme: 'light', panel })] as const),
  ['dark', link({ theme: 'dark' })],
  ['projector', link({ theme: 'projector' })],
  ['embed', link({}, 'embed')],
];

for (const [name, address] of CASES) {
  test(`axe finds nothing: ${name}`, async ({ page }) => {
    await open(page, address);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  });
}

test('axe finds nothing: on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, link());
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
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
  ['drawing', 'dialog', (page) => page.getByRole('button', { name: 'Draw your own data' }).click()],
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
  await open(page, link({ ...TINY, backend: 'cpu', panel: 'data', budgetSteps: 5 }, 'unknown=1'));
  await expect(page.getByRole('status').filter({ hasText: 'unknown' })).toBeVisible();
  for (const [name, role, show] of OPENED) {
    await show(page);
    await expect(page.getByRole(role)).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include(`[role="${role}"]`).analyze();
    expect(violations.map(({ id }) => `${name}: ${id}`)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole(role)).toHaveCount(0);
  }
});

test('1440×900 needs no scrolling', async ({ page }) => {
  await open(page, link());
  const overflow = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the keyboard moves time, and Space acts on a focused control alone', async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', loop: false, time: 0.5 }));
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

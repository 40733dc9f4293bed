import { expect, type Page } from '@playwright/test';
import { contrastViolations, violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { link, QUIET } from './support.ts';

/** The line with the number: it stands in an element of its own, so that translators can leave it be. */
const signal = (page: Page) => page.locator('p', { has: page.getByText('Signal left at the end') });

test.beforeEach(async ({ page }) => {
  await visit(page, link({ ...QUIET, nChain: 100, panel: 'noise' }));
});

test('warns when x_T is not noise, and no longer when β is scaled', async ({ page }) => {
  const warning = page.getByRole('status').filter({ hasText: 'is not pure noise yet' });
  await expect(signal(page)).toContainText('2.0·10⁻⁵');
  await expect(warning).toHaveCount(0);
  const scale = page.getByRole('switch', { name: 'Scale β by 1000/T' });
  await scale.click();
  await expect(warning).toBeVisible();
  // DDPM's own range over 100 steps: the trap that the switch is for.
  await expect(signal(page)).toContainText('0.364');
  await scale.click();
  await expect(warning).toHaveCount(0);
});

test('schedules are compared in the chart', async ({ page }) => {
  const chart = page.getByRole('figure').nth(1);
  await expect(chart).toContainText('Linear');
  await expect(chart).not.toContainText('Cosine');
  await page.getByRole('button', { name: 'Cosine', exact: true }).click();
  await page.getByRole('button', { name: 'Sigmoid', exact: true }).click();
  await expect(chart).toContainText('Cosine');
  await expect(chart).toContainText('Sigmoid');
  for (const quantity of ['Noise per step, beta', 'Log signal-to-noise ratio']) {
    await page.getByRole('radio', { name: quantity }).click();
    await expect(page.getByRole('radio', { name: quantity })).toBeChecked();
    await expect(chart.locator('.main-svg').first()).toBeAttached();
  }
});

test('another schedule begins a fresh model', async ({ page }) => {
  // A budget of few steps: the fresh model trains on by itself until then.
  await page.evaluate(() => window.diffusionPlayground.configure({ budgetSteps: 5 }));
  await page.evaluate(() => window.diffusionPlayground.train({ steps: 50 }));
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('cosine');
  await expect.poll(() => page.evaluate(() => window.diffusionPlayground.config().schedule)).toBe('cosine');
  const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 1 }));
  expect(step).toBeLessThan(50);
});

test('another process has its own numbers, chart and equation', async ({ page }) => {
  const config = () => page.evaluate(() => window.diffusionPlayground.config());
  const process = page.getByRole('combobox', { name: 'Process' });
  await process.selectOption('ve');
  await expect(page.getByRole('combobox', { name: 'β schedule' })).toHaveCount(0);
  await expect(signal(page)).toContainText('4.0·10⁻⁴');
  await expect(page.getByRole('figure').nth(1)).toContainText('VE');
  await expect(page.getByRole('region', { name: 'Equation' })).toContainText('The process: VE');
  const most = page.getByRole('textbox', { name: 'σ max, exact value' });
  await most.fill('3');
  await most.press('Enter');
  await expect.poll(async () => (await config()).parameters).toEqual({ 'process.ve.sigmaMax': 3 });
  await expect(page.getByRole('status').filter({ hasText: 'Raise σ max.' })).toBeVisible();
  await process.selectOption('vp');
  await expect(page.getByRole('combobox', { name: 'β schedule' })).toBeVisible();
});

test('a schedule is drawn with the keyboard', async ({ page }) => {
  const curve = () => page.evaluate(() => window.diffusionPlayground.config().drawnSchedule);
  const point = (name: string) => page.getByRole('slider', { name });
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('drawn');
  await point('Point 2 of 4').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(curve).toEqual([0.3, 0.9, 0.4, 0.51, 0.7, 0.1, 1, 0.001]);
  await expect(point('Point 2 of 4')).toHaveAttribute('aria-valuetext', 'ᾱ 0.51 at t 0.4');
  // Past its neighbour it does not go.
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(curve).toEqual([0.3, 0.9, 0.301, 0.51, 0.7, 0.1, 1, 0.001]);
  await page.keyboard.press('Enter');
  await expect(point('Point 3 of 5')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(point('Point 3 of 4')).toBeFocused();
  await point('Point 4 of 4').focus();
  await page.keyboard.press('Shift+ArrowUp');
  await expect(page.getByRole('status').filter({ hasText: 'Pull the last point down.' })).toBeVisible();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect.poll(curve).toEqual([0.3, 0.9, 0.5, 0.5, 0.7, 0.1, 1, 0.001]);
});

test('the chart follows the hand, the model is thrown away once, and undo brings the points back', async ({
  page,
}) => {
  const curve = () => page.evaluate(() => window.diffusionPlayground.config().drawnSchedule);
  const chart = page.getByRole('figure').nth(1).locator('[role=img]').first();
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('drawn');
  await expect(chart).toHaveAccessibleName(/Drawn/);
  const before = await curve();
  const said = await chart.getAttribute('aria-label');
  const { x, y, width, height } = (await page.getByRole('slider', { name: 'Point 4 of 4' }).boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2 - 40, { steps: 8 });
  await expect(chart).not.toHaveAccessibleName(said!);
  expect(await curve()).toEqual(before);
  await page.mouse.up();
  await expect.poll(curve).not.toEqual(before);
  const moved = await curve();
  await page.keyboard.press('Control+z');
  await expect.poll(curve).toEqual(before);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(curve).toEqual(moved);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(curve).toEqual(before);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('the learned schedule is fitted without holding up the page', async ({ page }) => {
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('learned');
  await expect(page.getByRole('figure').nth(1)).toContainText('Learned');
  await expect(page.getByText('fitting…')).toHaveCount(0);
  await page.evaluate(() => window.diffusionPlayground.configure({ noise: 1.37 }));
  await expect(page.getByText('until the learned schedule is fitted')).toBeVisible();
  await expect(page.getByText('until the learned schedule is fitted')).toHaveCount(0);
  await expect(page.getByText('fitting…')).toHaveCount(0);
});

test('a schedule is drawn with the mouse, and the link carries it', async ({ page }) => {
  const curve = () => page.evaluate(() => window.diffusionPlayground.config().drawnSchedule);
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('drawn');
  const handle = page.getByRole('slider', { name: 'Point 2 of 4' });
  await handle.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await handle.boundingBox())!;
  const plot = (await page.locator('.c-curve-plot').boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + plot.width / 10, y + height / 2 - plot.height / 4, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await curve())[2]! - 0.6)).toBeLessThan(0.02);
  expect(Math.abs((await curve())[3]! - 0.75)).toBeLessThan(0.02);
  await page.locator('.c-curve-plot').dblclick({ position: { x: plot.width * 0.15, y: plot.height * 0.04 } });
  await expect(page.getByRole('slider', { name: 'Point 1 of 5' })).toBeFocused();
  await expect(page).toHaveURL(/b=drawn/);
  await expect(page).toHaveURL(/ds=1[45]\d_9\d\d_300_900_/);
});

test('the schedule learned from the data ends in noise, and any schedule can be made to', async ({
  page,
}) => {
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('learned');
  await expect(signal(page)).toContainText('0.002');
  await expect(page.getByRole('figure').nth(1)).toContainText('Learned');
  await page.getByRole('switch', { name: /^Zero terminal SNR/ }).click();
  await expect(signal(page)).toContainText('1.0·10⁻⁶');
  const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 5 }));
  expect(step).toBeGreaterThan(0);
});

test('axe finds nothing in the curve editor', async ({ page }) => {
  await page.getByRole('combobox', { name: 'β schedule' }).selectOption('drawn');
  await expect(page.getByRole('slider', { name: 'Point 1 of 4' })).toBeVisible();
  for (const theme of ['light', 'dark', 'projector'] as const) {
    await page.evaluate((name) => window.diffusionPlayground.configure({ theme: name }), theme);
    const look = theme === 'light' ? violations : contrastViolations;
    expect(await look(page, 'aside'), theme).toEqual([]);
  }
});

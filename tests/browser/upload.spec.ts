import { expect, type Page } from '@playwright/test';
import { violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { link, QUIET } from './support.ts';

const GOOD = Array.from({ length: 200 }, (_, i) => `${Math.cos(i / 10)},${Math.sin(i / 7)}`);
const withLine = (index: number, line: string) => GOOD.with(index, line).join('\n');

const train = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Train on these points' }).click();

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test.beforeEach(async ({ page }) => {
  await visit(page, link({ ...QUIET, panel: 'data' }));
});

test('a file of points becomes the data set and is trained on', async ({ page }) => {
  await page.getByLabel('File of points').setInputFiles(csv('curve.csv', `x,y\n${GOOD.join('\n')}`));
  await train(page);
  await expect(
    page.getByRole('status').filter({ hasText: 'Training on the 200 points of curve.csv' }),
  ).toBeVisible();
  const config = await page.evaluate(() => window.diffusionPlayground.config());
  expect(config.dataset).toBe('custom');
  expect(config.customPoints).toHaveLength(400);
  await expect.poll(() => page.url()).toContain('xy=');
  const { step } = await page.evaluate(() => window.diffusionPlayground.train({ steps: 5 }));
  expect(step).toBeGreaterThanOrEqual(5);
});

test('JSON is read too, and what does not fit the view is scaled', async ({ page }) => {
  const points = GOOD.map((line) => line.split(',').map((text) => 100 * Number(text)));
  await page.getByLabel('File of points').setInputFiles({
    name: 'large.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(points)),
  });
  await train(page);
  await expect(page.getByRole('status').filter({ hasText: /scaled by/ })).toBeVisible();
  const { customPoints } = await page.evaluate(() => window.diffusionPlayground.config());
  expect(Math.max(...customPoints.map(Math.abs))).toBeLessThanOrEqual(4);
});

test('a file that is not points is refused with its line and problem, and the page goes on as it was', async ({
  page,
}) => {
  const before = await page.evaluate(() => window.diffusionPlayground.config());
  const alert = page.getByRole('alert');
  for (const [name, text, said] of [
    ['empty.csv', '', /empty\.csv is empty/i],
    ['million.csv', '0,1\n'.repeat(1_000_100), /more than 1,000,000 rows/i],
    ['picture.png', '\u0089PNG\r\n\0\0', /cannot be shown as a picture/i],
    ['broken.json', '[[1, 2], [3', /broken\.json/i],
  ] as const) {
    await page.getByLabel('File of points').setInputFiles(csv(name, text));
    await expect(alert.filter({ hasText: name })).toHaveText(said);
    await expect(alert).toHaveCount(1);
  }
  expect(await page.evaluate(() => window.diffusionPlayground.config())).toEqual(before);

  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
});

test('a file can be dropped anywhere on the page', async ({ page }) => {
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
    return transfer;
  }, GOOD.join('\n'));
  await page.dispatchEvent('main', 'dragover', { dataTransfer: files });
  await page.dispatchEvent('main', 'drop', { dataTransfer: files });
  await train(page);
  await expect.poll(() => page.evaluate(() => window.diffusionPlayground.config().dataset)).toBe('custom');
});

test('nothing is replaced before the table was seen, and its columns can be chosen by keyboard', async ({
  page,
}) => {
  const before = await page.evaluate(() => window.diffusionPlayground.config());
  const rows = GOOD.map((line, i) => `${i + 500},${line},${'ab'[i % 2]}`);
  const file = csv('classes.csv', ['id,u,v,kind', ...rows].join('\n'));
  await page.getByLabel('File of points').setInputFiles(file);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('x is u and y is v, classes by kind');
  expect(await violations(page, '[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => window.diffusionPlayground.config())).toEqual(before);

  await page.getByLabel('File of points').setInputFiles(file);
  await dialog.getByLabel('x', { exact: true }).selectOption('v');
  await dialog.getByLabel('y', { exact: true }).selectOption('u');
  await expect(dialog).toContainText('x is v and y is u');
  await train(page);
  const { customTable } = await page.evaluate(() => window.diffusionPlayground.config());
  expect(customTable).toMatchObject({ names: ['v', 'u'], classes: ['a', 'b'] });
});

test('a line that is no number is named in the dialog, which then cannot be confirmed', async ({ page }) => {
  await page.getByLabel('File of points').setInputFiles(csv('words.csv', withLine(4, 'left,right')));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('words.csv, line 5: "left"');
  await expect(dialog.getByRole('button', { name: 'Train on these points' })).toBeDisabled();
});

test('many rows are kept on the device, the link says so, and it opens again', async ({ page }) => {
  const rows = Array.from({ length: 3000 }, (_, i) => `${Math.cos(i)},${Math.sin(2 * i)}`);
  const told = await page.evaluate((text) => window.diffusionPlayground.importPoints(text), rows.join('\n'));
  expect(told).toMatchObject({ rows: 3000, used: 3000, centre: [0, 0], scale: [1, 1], classes: [] });
  await expect.poll(() => page.url()).toContain('xd=');
  await expect(page.getByText('3,000', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog')).toContainText('opens only in this browser, on this device');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the experiment as a file' }).click();
  const path = await (await saving).path();
  await page.keyboard.press('Escape');
  const { customData } = await page.evaluate(() => window.diffusionPlayground.config());
  await page.reload();
  await expect
    .poll(() => page.evaluate(() => window.diffusionPlayground?.config().customData))
    .toBe(customData);

  await page.evaluate(() => window.diffusionPlayground.configure({ dataset: 'moons' }));
  await page.getByLabel('File of points').setInputFiles(path);
  await page.getByRole('button', { name: 'Open this experiment' }).click();
  await expect
    .poll(() => page.evaluate(() => window.diffusionPlayground.config()))
    .toMatchObject({ dataset: 'custom', customData });
});

test('a refusal of the API is what a person would read, and changes nothing', async ({ page }) => {
  const before = await page.evaluate(() => window.diffusionPlayground.config());
  const said = await page.evaluate(() =>
    window.diffusionPlayground.importPoints('x,y\n1,2\n2,3\n3,1\nhello,4', { name: 'mine.csv' }).then(
      () => 'taken',
      (error: Error) => error.message,
    ),
  );
  const advice = 'Correct or delete it, or choose another column.';
  expect(said).toBe(`mine.csv, line 5: "hello" in x is not a number. ${advice}`);
  expect(await page.evaluate(() => window.diffusionPlayground.config())).toEqual(before);
});

test('a picture becomes points by its darkness', async ({ page }) => {
  const svg = (shape: string) => ({
    name: 'shape.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${shape}</svg>`),
  });
  await page.getByLabel('File of points').setInputFiles(svg(''));
  await expect(page.getByRole('alert')).toContainText('empty picture');
  await page.getByLabel('File of points').setInputFiles(svg('<rect x="50" width="50" height="50"/>'));
  await train(page);
  const points = await page.evaluate(async () =>
    Array.from(await window.diffusionPlayground.data({ n: 1000, seed: 1 })),
  );
  // Only the upper right quarter is black.
  expect(points.filter((value) => value > -0.3)).toHaveLength(2000);
});

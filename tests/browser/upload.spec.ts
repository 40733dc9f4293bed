import { expect, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

const GOOD = Array.from({ length: 200 }, (_, i) => `${Math.cos(i / 10)},${Math.sin(i / 7)}`);
const withLine = (index: number, line: string) => GOOD.with(index, line).join('\n');

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test.beforeEach(async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', panel: 'data' }));
});

test('a file of points becomes the data set and is trained on', async ({ page }) => {
  await page.getByLabel('File of points').setInputFiles(csv('curve.csv', `x,y\n${GOOD.join('\n')}`));
  await expect(
    page.getByRole('status').filter({ hasText: 'Training on the points of curve.csv' }),
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
    ['nan.csv', withLine(2, 'NaN,1'), /line 3.*NaN/i],
    ['column.csv', GOOD.map((line) => line.split(',')[0]).join('\n'), /line 1.*one (number|column)/i],
    ['words.csv', withLine(4, 'left,right'), /line 5/i],
    ['empty.csv', '', /empty\.csv is empty/i],
    ['million.csv', '0,1\n'.repeat(1_000_001), /more than 1,000,000 rows/i],
    ['picture.png', '\u0089PNG\r\n\0\0', /not a text file/i],
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
  await expect.poll(() => page.evaluate(() => window.diffusionPlayground.config().dataset)).toBe('custom');
});

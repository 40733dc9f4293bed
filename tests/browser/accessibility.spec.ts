import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { PanelId } from '../../src/config/types.ts';
import { link, open } from './support.ts';

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

test('1440×900 needs no scrolling', async ({ page }) => {
  await open(page, link());
  const overflow = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the keyboard moves time, and Space does not act on a focused button', async ({ page }) => {
  await open(page, link({ loop: false, time: 0.5 }));
  const time = page.getByRole('slider', { name: 'Time' });
  await time.press('Home');
  const atHome = await page.evaluate(() => window.diffusionPlayground.config().time);
  await time.press('End');
  const atEnd = await page.evaluate(() => window.diffusionPlayground.config().time);
  expect([atHome, atEnd].sort()).toEqual([0, 1]);
});

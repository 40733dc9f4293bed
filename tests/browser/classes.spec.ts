import { expect, type Page } from '@playwright/test';
import { test, visit } from './kept.ts';
import { collectErrors, link, TINY } from './support.ts';

const panel = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();
const radio = (page: Page, name: string | RegExp) => page.getByRole('radio', { name });

test('a class is taught, asked for and guided to; other data take the choice away', async ({ page }) => {
  const errors = collectErrors(page);
  await visit(
    page,
    link({ ...TINY, dataset: 'moons', backend: 'simd', panel: 'sampler', loop: false, time: 0 }),
  );
  await page.getByRole('button', { name: /^DDIM/ }).click();
  await expect(radio(page, 'Any class')).toHaveCount(0);

  await panel(page, 'Model');
  await page.getByRole('switch', { name: /^Class-conditional/ }).click();
  await expect.poll(() => page.url()).toContain('cl=1');
  await panel(page, 'Sampler');
  await expect(radio(page, 'Any class')).toBeChecked();
  await expect(page.getByRole('slider', { name: /guidance w$/ })).toHaveCount(0);
  await radio(page, 'Class 2, lower moon').click();
  await expect(page.getByText('Class: lower moon')).toBeVisible();
  await page.getByRole('slider', { name: /guidance w$/ }).press('End');
  const stage = page.getByRole('article', { name: /DDIM/ });
  await expect(stage).toContainText('class 2, w = 5');
  await expect(stage).toContainText(/step \d/);
  await expect(page.getByRole('region', { name: 'Equation' }).getByRole('math')).not.toHaveCount(0);
  await expect.poll(() => page.url()).toMatch(/class(\(|%28)2/);

  await page.getByRole('radio', { name: 'Dino' }).click();
  await expect(radio(page, 'Any class')).toHaveCount(0);
  await expect(stage).not.toContainText('class');
  expect(errors).toEqual([]);
});

test('a link to a class that is not taught opens, and says so', async ({ page }) => {
  await visit(page, '/?d=dino&cl=1&w=16&l=1&st=r_ddim_20_0_bt_linear_l_p_class(2)');
  await expect(page.getByText('Class-conditional: dino has no classes; using off (0).')).toBeVisible();
  await expect(page.getByText('Stage 1, no class is taught; using any.')).toBeVisible();
});

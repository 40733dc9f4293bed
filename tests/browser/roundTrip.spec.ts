import { expect } from '@playwright/test';
import { newStage } from '../../src/views/index.ts';
import { violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { collectErrors, link, QUIET } from './support.ts';

const quick = { ...QUIET, budgetSteps: 5 } as const;

test('a person takes data to the noise and back, and sees what is lost', async ({ page }) => {
  const errors = collectErrors(page);
  await visit(page, link({ ...quick, compare: 'round-trip' }));
  const workspace = page.getByRole('region', { name: 'Round trip' });
  await workspace.getByRole('button', { name: 'Start the round trip' }).click();
  await expect(
    workspace.getByRole('img', { name: /^round trip error by steps: your model from/ }),
  ).toBeAttached({
    timeout: 60_000,
  });
  await expect(workspace).toContainText(/Straightness of the paths/, { timeout: 60_000 });
  await expect(workspace.getByRole('img', { name: /^Their latents/ })).toBeVisible({ timeout: 60_000 });
  await expect(workspace.getByRole('img', { name: /^likelihood along the path/ })).toBeAttached({
    timeout: 60_000,
  });
  expect(await violations(page, '.workspace')).toEqual([]);
  expect(errors).toEqual([]);
});

test('the bound of 2015 is measured when it is chosen', async ({ page }) => {
  const errors = collectErrors(page);
  await visit(page, link({ ...quick, charts: ['likelihood'] }));
  const card = page.locator('.chart-card', { hasText: 'Variational bound' });
  await card.getByRole('radio', { name: 'Bound K of 2015' }).click();
  await expect(card).toContainText('so only the kind of number compares', { timeout: 60_000 });
  await expect(card).toContainText(/T = 40: K −?\d+\.\d\d|T = 40: K/, { timeout: 60_000 });
  expect(errors).toEqual([]);
});

test('streamlines and the drift of a step are drawn, and in the link', async ({ page }) => {
  const errors = collectErrors(page);
  const stages = [{ ...newStage.score, source: 'exact', field: 'drift', layers: ['streamlines'] }] as const;
  await visit(page, link({ ...quick, stages }));
  await expect(page.getByRole('article', { name: 'Stage 1: Drift, exact' })).toContainText(
    '|μ − x| of a step',
  );
  expect(page.url()).toContain('field(m)');
  expect(errors).toEqual([]);
});

test('programs ask how likely points are', async ({ page }) => {
  await visit(page, link(quick));
  const found = await page.evaluate(() =>
    window.diffusionPlayground.likelihood({ points: [0, 0, 1, 1, 9, 9] }),
  );
  expect(Object.keys(found.model)).toHaveLength(3);
  await expect(page.evaluate(() => window.diffusionPlayground.likelihood({ points: [0] }))).rejects.toThrow(
    'points has 1 numbers',
  );
});

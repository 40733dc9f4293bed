import { expect, type Page } from '@playwright/test';
import { link, open, TINY } from './support.ts';
import { test } from './warm.ts';

/** What stages say of their model, in every frame until training has come to a step: each row of it once. */
const rowsUntil = (page: Page, step: number) =>
  page.evaluate(
    (last) =>
      new Promise<string[][]>((resolve) => {
        const rows = new Map<string, string[]>();
        const look = () => {
          const feet = [...document.querySelectorAll('.stage-footer > .when-wide')];
          const row = feet.map(({ textContent }) => textContent ?? '');
          rows.set(row.join(), row);
          const now = Number(
            document.querySelector('.status-step strong')?.textContent?.replaceAll(/\D/g, ''),
          );
          if (now >= last) resolve([...rows.values()]);
          else requestAnimationFrame(look);
        };
        look();
      }),
    step,
  );

test('the page begins with a network that knows nothing, and its stages never show two models', async ({
  page,
}) => {
  await page.goto('/');
  await page.waitForFunction(() => 'diffusionPlayground' in window);
  const rows = await rowsUntil(page, 400);
  for (const row of rows) expect(new Set(row).size).toBeLessThanOrEqual(1);
  const steps = new Set(rows.flat());
  expect(steps).toContain('your model, step 0');
  expect(steps.size).toBeGreaterThan(2);
  expect([...steps].some((text) => text.includes('ready-made'))).toBe(false);
});

test('links that carry an experiment, and embeds, begin with ready-made weights and say so', async ({
  page,
}) => {
  for (const address of ['/?k=400', '/?embed']) {
    await open(page, address);
    await expect(page.locator('.stage-footer').nth(1)).toContainText('ready-made');
  }
});

test('snapshots are shown by key and pointer while training goes on, and a restart empties them', async ({
  page,
}) => {
  await open(page, link({ ...TINY, backend: 'simd', budgetSteps: 100_000 }));
  const radio = (name: string) => page.getByRole('radio', { name, exact: true });
  const foot = page.locator('.stage-footer').nth(1);
  const stepNumber = async () =>
    Number((await page.locator('.status-step strong').textContent())?.replaceAll(/\D/g, ''));
  await radio('30').click();
  await expect(foot).toContainText('step 30');
  const before = await stepNumber();
  await expect.poll(stepNumber).toBeGreaterThan(before);
  await expect(foot).toContainText('step 30');
  await page.keyboard.press('ArrowRight');
  await expect(radio('100')).toBeChecked();
  await expect(foot).toContainText('step 100');
  await page.getByRole('button', { name: 'Restart training' }).click();
  await expect(radio('now')).toBeChecked();
});

test('each reverse stage says how good its own samples are, and how training stands is one sentence', async ({
  page,
}) => {
  await open(page, link({ ...TINY, backend: 'simd', budgetSteps: 60, panel: 'model' }));
  const numbers = page.locator('.stage-quality');
  await expect(numbers).toHaveCount(2, { timeout: 60_000 });
  await numbers.first().click();
  await expect(page.getByRole('tooltip')).toContainText('by this stage’s own sampler');
  await expect(page.locator('.training-sentence')).toHaveText(/^(Trained|Did not work): .*\.$/);
  await page.getByRole('button', { name: /^Forget everything/ }).click();
  await expect(page.locator('.training-sentence')).toHaveText('Untrained: the network knows nothing yet.');
});

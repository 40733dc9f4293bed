import { expect, type Page } from '@playwright/test';
import { newStage } from '../../src/views/index.ts';
import { violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { collectErrors, link, QUIET } from './support.ts';

/** One stage with the exact denoiser: what is shown is the way alone. */
const STAGE = {
  ...newStage.reverse,
  id: 1,
  sampler: 'ddpm',
  nSteps: 20,
  denoiser: 'exact',
} as const;
const PAGE = { ...QUIET, budgetSteps: 5, panel: 'sampler', stages: [STAGE], charts: [] } as const;

const settings = (page: Page) => page.getByRole('complementary', { name: 'Settings' });
const numbers = (page: Page) => settings(page).locator('.condition-numbers[data-measured="true"]');

/** The group of conditions, opened by keyboard where it is closed. */
async function openConditions(page: Page) {
  const group = settings(page).locator('details').filter({ hasText: 'Condition' });
  await expect(group).toBeVisible();
  if ((await group.getAttribute('open')) === null) await group.locator('summary').press('Enter');
}

const conditionOf = (page: Page) =>
  page.evaluate(() => {
    const [stage] = window.diffusionPlayground.config().stages;
    return stage?.kind === 'reverse' ? stage.condition : null;
  });

test('an ellipse is set by keyboard: its exact target, distance and ln Z stand beside, and the link carries it', async ({
  page,
}) => {
  const errors = collectErrors(page);
  await visit(page, link(PAGE));
  await openConditions(page);
  await settings(page).getByRole('radio', { name: 'Multiply by r of x' }).press('Space');
  await expect(page.getByRole('article')).toContainText('times r(x)');
  const layers = await page.evaluate(() => window.diffusionPlayground.config().stages[0]?.layers);
  expect(layers).toContain('contours');

  const centre = page.getByRole('article').getByRole('slider', { name: 'Centre of r' });
  const before = await conditionOf(page);
  await centre.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowUp');
  await page.getByRole('article').getByRole('slider', { name: 'Second width of r' }).focus();
  await page.keyboard.press('Shift+ArrowUp');
  const after = await conditionOf(page);
  if (before?.kind !== 'r' || after?.kind !== 'r') throw new Error('There is no r.');
  expect(after.centre[0]).toBeGreaterThan(before.centre[0]);
  expect(after.centre[1]).toBeGreaterThan(before.centre[1]);
  expect(after.sd[1]).toBeGreaterThan(before.sd[1]);

  await expect(numbers(page)).toContainText('Sliced W₂ to the exact target', { timeout: 60_000 });
  await expect(numbers(page)).toContainText('ln Z');
  await expect.poll(() => page.url()).toContain('condition(r_');
  expect(await violations(page, 'aside', 'article')).toEqual([]);

  const address = page.url();
  await page.goto(address);
  await page.waitForFunction(() => 'diffusionPlayground' in window);
  expect(await conditionOf(page)).toEqual(after);
  expect(errors).toEqual([]);
});

test('a line is dragged, what lies outside the data is refused with a sentence, and programs get the same answers', async ({
  page,
}) => {
  await visit(
    page,
    link({
      ...PAGE,
      stages: [{ ...STAGE, condition: { kind: 'known', angle: 0, value: 0.5, way: 'exact', repeats: 5 } }],
    }),
  );
  const handle = page.getByRole('article').getByRole('slider', { name: 'Known value' });
  const box = (await handle.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const moved = await conditionOf(page);
  expect(moved?.kind === 'known' && moved.value).toBeGreaterThan(0.6);

  const value = settings(page).getByRole('textbox', { name: 'Known value' });
  await value.fill('7');
  await value.press('Enter');
  await expect(settings(page)).toContainText('lies outside the data');
  expect(await conditionOf(page)).toEqual(moved);

  const told = await page.evaluate(async () => {
    const { exact, sample } = window.diffusionPlayground;
    const condition = { kind: 'known', direction: [1, 0], value: 0.5, way: 'replacement' } as const;
    const points = await exact({ condition, n: 50, seed: 1 });
    const samples = await sample({
      sampler: 'ddpm',
      nSteps: 20,
      n: 50,
      seed: 1,
      denoiser: 'exact',
      condition,
    });
    const refused = await exact({ condition: { ...condition, value: 99 }, n: 5, seed: 1 }).then(
      () => '',
      (error: Error) => error.message,
    );
    return { points: [...points], samples: [...samples.points], refused };
  });
  for (const found of [told.points, told.samples]) {
    expect(found).toHaveLength(100);
    for (const [i, coordinate] of found.entries()) if (i % 2 === 0) expect(coordinate).toBeCloseTo(0.5, 4);
  }
  expect(told.refused).toContain('outside the data');
});

test('the scale of a class is swept, and the sweep can be ended', async ({ page }) => {
  const condition = { kind: 'class', index: 2, scale: 2, way: 'exact', algorithm: 2, at: 'mean' } as const;
  await visit(page, link({ ...PAGE, stages: [{ ...STAGE, condition }] }));
  const sweep = settings(page).getByRole('button', { name: 'Sweep the scale s' });
  await sweep.click();
  await settings(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(sweep).toBeEnabled();
  await sweep.click();
  const rows = settings(page).locator('.condition-sweep tbody tr');
  await expect(rows).toHaveCount(7, { timeout: 90_000 });
  const shares = await rows.evaluateAll((all) =>
    all.map((row) =>
      [...row.querySelectorAll('td')].slice(0, 2).map((cell) => Number.parseFloat(cell.textContent ?? '')),
    ),
  );
  const [first, last] = [shares[0]!, shares.at(-1)!];
  expect(last[0]).toBeGreaterThan(first[0]!); // accuracy
  expect(last[1]).toBeLessThan(shares[2]![1]!); // recall, beside that of s = 1
});

test('an outline is moved and resized by keyboard and drawn anew with a lasso; one around nothing gets a sentence', async ({
  page,
}) => {
  const errors = collectErrors(page);
  await visit(page, link(PAGE));
  await openConditions(page);
  await settings(page).getByRole('radio', { name: 'Within an outline' }).press('Space');
  await expect(page.getByRole('article')).toContainText('within an outline');
  const before = await conditionOf(page);
  const middle = page.getByRole('article').getByRole('slider', { name: 'Middle of the outline' });
  await middle.press('+');
  await middle.press('ArrowLeft');
  const after = await conditionOf(page);
  if (before?.kind !== 'region' || after?.kind !== 'region') throw new Error('There is no outline.');
  expect(Math.max(...after.outline.map(([, y]) => y))).toBeGreaterThan(
    Math.max(...before.outline.map(([, y]) => y)),
  );

  const pen = page.getByRole('article').getByRole('slider', { name: 'Outline: drag to draw it anew' });
  const draw = async (radius: number) => {
    const box = (await pen.boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let k = 1; k <= 16; k++) {
      const angle = (2 * Math.PI * k) / 16;
      await page.mouse.move(x - radius + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    await page.mouse.up();
  };
  await draw(0.1);
  await expect(page.getByRole('article').locator('.condition-refused')).toContainText(/Draw it/);
  expect(await conditionOf(page)).toEqual(after);
  await draw(60);
  const drawn = await conditionOf(page);
  expect(drawn).not.toEqual(after);
  await expect(page.getByRole('article').locator('.condition-refused')).toBeEmpty();
  await expect.poll(() => page.url()).toContain('condition(region_');
  expect(await violations(page, 'aside', 'article')).toEqual([]);
  expect(errors).toEqual([]);
});

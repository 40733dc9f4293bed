import { expect, type Page } from '@playwright/test';
import { violations } from './axe.ts';
import { test, visit } from './kept.ts';
import { collectErrors, link, QUIET } from './support.ts';

const READY = { ...QUIET, panel: 'hidden', theme: 'light' } as const;

async function axeFindsNothing(page: Page) {
  expect(await violations(page, '.workspace')).toEqual([]);
}

/** Whether the workspace's table is seen whole, without scrolling it. */
async function showsWholeTable(page: Page, width: number) {
  await page.setViewportSize({ width, height: 900 });
  const hidden = () => page.locator('.workspace-table').evaluate((box) => box.scrollWidth - box.clientWidth);
  await expect.poll(hidden).toBe(0);
}

/** The chips of a group that are pressed, made to be these. */
async function choose(page: Page, group: string, names: readonly string[]) {
  const chips = page.getByRole('group', { name: group }).getByRole('button');
  // The workspace is loaded when it is opened.
  await expect(chips.first()).toBeVisible();
  for (const chip of await chips.all()) {
    const wanted = names.includes((await chip.textContent()) ?? '');
    if (((await chip.getAttribute('aria-pressed')) === 'true') !== wanted) await chip.click();
  }
}

test('the menu opens a race by key; its numbers show samples on a stage; the link opens it again', async ({
  page,
}) => {
  const errors = collectErrors(page);
  await visit(page, link(READY));
  await page.getByRole('button', { name: 'Compare', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const race = page.getByRole('region', { name: 'Sampler race' });
  await expect(race).toBeVisible();
  await expect(page.locator('.chart-area')).toHaveCount(0);
  await expect(page).toHaveURL(/cmp=race/);

  await choose(page, 'Samplers', ['DDIM', 'Heun (EDM)']);
  await choose(page, 'Steps S', ['2', '5', '10']);
  await race.getByLabel('Samples').selectOption('500');
  await race.getByRole('button', { name: 'Start the race' }).press('Enter');
  await expect(race.getByRole('button', { name: 'Start the race' })).toBeVisible({ timeout: 60_000 });
  await expect(race.getByRole('row')).toHaveCount(5);
  await expect(race.getByRole('row', { name: /^DDIM, exact/ })).toContainText('±');
  for (const width of [1000, 1440]) await showsWholeTable(page, width);
  await axeFindsNothing(page);

  await race
    .getByRole('row', { name: /^Heun \(EDM\), exact/ })
    .getByRole('button')
    .first()
    .press('Enter');
  await expect(page.locator('.stage')).toHaveCount(4);
  await expect(page.locator('.stage').last()).toContainText('Heun');
  await race
    .getByRole('row', { name: /^DDIM / })
    .getByRole('button')
    .first()
    .press('Enter');
  await expect(page.locator('.stage')).toHaveCount(4);
  await expect(page.locator('.stage').last()).toContainText('DDIM');

  await expect(page).toHaveURL(/cs=rk%3A500~rn%3A2_5_10~rs%3Addim_heun/);
  const address = page.url();
  await visit(page, link(READY));
  await expect(race).toHaveCount(0);
  await visit(page, address);
  await expect(race).toBeVisible();
  const pressed = race.getByRole('group', { name: 'Samplers' }).locator('[aria-pressed="true"]');
  await expect(pressed).toHaveText(['DDIM', 'Heun (EDM)']);
  await expect(race.getByLabel('Samples')).toHaveValue('500');
  await page.getByRole('button', { name: 'Back to the charts' }).click();
  await expect(page.locator('.chart-area')).toBeVisible();
  expect(errors).toEqual([]);
});

test('a race is cancelled, and nothing can be started that nobody runs in', async ({ page }) => {
  await visit(page, link({ ...READY, compare: 'race' }));
  const race = page.getByRole('region', { name: 'Sampler race' });
  await choose(page, 'Samplers', []);
  await expect(race).toContainText('Choose a sampler.');
  await expect(race.getByRole('button', { name: 'Start the race' })).toBeDisabled();
  await choose(page, 'Samplers', ['DDPM', 'DDIM', 'UniPC', 'Heun (EDM)', 'DPM++ 2M']);
  await race.getByLabel('Samples').selectOption('5000');
  await race.getByRole('button', { name: 'Start the race' }).click();
  await expect(race.getByRole('progressbar')).toBeVisible();
  await race.getByRole('button', { name: 'Cancel' }).click();
  await expect(race.getByRole('button', { name: 'Start the race' })).toBeEnabled();
  await expect(race.getByRole('alert')).toHaveCount(0);
});

test('an error budget says what is to blame, and its advice is taken in one press', async ({ page }) => {
  // A network of so few steps is to blame, whenever it is looked at.
  await visit(page, link({ ...READY, compare: 'budget', theme: 'dark', budgetSteps: 20, seed: 2 }));
  await expect(page.locator('.status-step')).toContainText('step 20 of 20', { timeout: 20_000 });
  const budget = page.getByRole('region', { name: 'Error budget' });
  await budget.getByRole('button', { name: 'Measure the budget' }).click();
  await expect(budget.getByRole('button', { name: 'Measure the budget' })).toBeVisible({ timeout: 60_000 });
  await expect(budget.getByRole('img', { name: /^Error budget: Start/ })).toBeVisible();
  await expect(budget).toContainText(/the network: train on\./);
  await axeFindsNothing(page);
  await budget.getByRole('button', { name: 'Try it: train on' }).click();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('.training-status')?.textContent ?? ''))
    .not.toContain('step 20');
});

test('a paper’s table is filled, with the paper’s numbers and a sentence; the program gets the same', async ({
  page,
}) => {
  // So long a chain that each S of the paper can be taken.
  await visit(page, link({ ...READY, nChain: 100, compare: 'table', table: 'ddim-steps' }));
  const table = page.getByRole('region', { name: 'Tables of papers' });
  await expect(table.getByRole('cell', { name: /367\.43/ })).toBeVisible();
  await table.getByRole('button', { name: 'Fill the table' }).click();
  await expect(table.getByRole('button', { name: 'Fill the table' })).toBeVisible({ timeout: 90_000 });
  await expect(table).toContainText(/of 21 pairs of cells that the paper orders/);
  await expect(table.getByRole('button', { name: 'Download CSV' })).toBeEnabled();
  for (const width of [390, 1440]) await showsWholeTable(page, width);
  await axeFindsNothing(page);
  const { cells } = await page.evaluate(() =>
    window.diffusionPlayground.table({
      rows: { field: 'schedule', values: ['linear', 'cosine'] },
      columns: { field: 'nSteps', values: [2, 5] },
      n: 200,
      trainSteps: 20,
    }),
  );
  expect(cells).toHaveLength(8);
  expect(cells.every(({ blank, w2 }) => blank === null && w2 > 0)).toBe(true);
});

test('students are distilled round by round, cancelled on the way, and set beside their teacher', async ({
  page,
}) => {
  const settings = { nChain: 40, compare: 'table', table: 'distillation', comparison: { tt: '30' } } as const;
  await visit(page, link({ ...READY, ...settings }));
  const table = page.getByRole('region', { name: 'Tables of papers' });
  const fill = table.getByRole('button', { name: 'Fill the table' });
  await fill.click();
  await expect(table.getByRole('cell', { name: /^0\.\d/ }).first()).toBeVisible();
  await table.getByRole('button', { name: 'Cancel' }).click();
  await fill.click();
  await expect(fill).toBeVisible({ timeout: 60_000 });
  await expect(table).toContainText(/of 6 pairs of cells that the paper orders/);
  // The student of one step, the exact answer with 32 steps, and the paper’s FID.
  await expect(table.getByRole('cell').last()).toHaveText(/^\d\.\d+0\.\d+9\.12$/);
  await axeFindsNothing(page);
});

test('rows and columns of one’s own are chosen, refused in a sentence, filled, and shared in the link', async ({
  page,
}) => {
  await visit(page, link({ ...READY, compare: 'table', table: 'own', comparison: { tc: 'nSteps_2_5' } }));
  const table = page.getByRole('region', { name: 'Tables of papers' });
  await expect(table.getByLabel('Values of the columns', { exact: true })).toHaveValue('2, 5');
  await table.getByLabel('Rows', { exact: true }).selectOption('guidance');
  await table.getByLabel('Values of the rows', { exact: true }).fill('9');
  await table.getByLabel('Values of the rows', { exact: true }).press('Enter');
  await expect(table).toContainText('guidance = 9 is above 5');
  await expect(table.getByRole('button', { name: 'Fill the table' })).toBeDisabled();
  await table.getByLabel('Rows', { exact: true }).selectOption('sampler');
  await choose(page, 'Values of the rows', ['ddim', 'heun']);
  await expect(page).toHaveURL(/tr%3Asampler_ddim_heun/);
  await table.getByRole('button', { name: 'Fill the table' }).press('Enter');
  await expect(table.getByRole('button', { name: 'Fill the table' })).toBeVisible({ timeout: 60_000 });
  await expect(table).toContainText(/Best with the network: sampler = (ddim|heun), steps S = [25]\./);
  await axeFindsNothing(page);
});

test('guidance is charged in a sentence with what it buys and what it costs', async ({ page }) => {
  await visit(
    page,
    link({ ...READY, dataset: 'moons', conditional: true, compare: 'table', table: 'guidance' }),
  );
  const table = page.getByRole('region', { name: 'Tables of papers' });
  await table.getByRole('button', { name: 'Fill the table' }).click();
  await expect(table.getByRole('button', { name: 'Fill the table' })).toBeVisible({ timeout: 120_000 });
  await expect(table).toContainText(
    /With the network, from w = 0 to w = 4 .* accuracy .* %, .* missed .* %\./,
  );
  await table.getByRole('radio', { name: 'Missed' }).click();
  await expect(table.getByRole('cell').first()).toContainText('%');
});

test('a program hears of a race while it runs, and ends it', async ({ page }) => {
  await visit(page, link(READY));
  const said = await page.evaluate(async () => {
    const heard: number[] = [];
    const controller = new AbortController();
    const race = window.diffusionPlayground.race(
      { samplers: ['ddim', 'ddpm', 'heun'], nSteps: [2, 5, 10, 20], n: 2000 },
      {
        signal: controller.signal,
        onProgress: ({ done, result }) => {
          heard.push(done);
          if (result?.rows.length === 2) controller.abort();
        },
      },
    );
    const outcome = await race.then(
      () => 'finished',
      (error: { code: string }) => error.code,
    );
    return { heard, outcome };
  });
  expect(said.outcome).toBe('cancelled');
  expect(said.heard.length).toBeGreaterThan(2);
});

test('runs are kept across visits, shown again, exported and imported; a broken file gets a sentence', async ({
  page,
}) => {
  await visit(page, link({ ...READY, compare: 'runs', schedule: 'cosine' }));
  await page.evaluate(() => window.diffusionPlayground.train({ steps: 30 }));
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await runs.getByRole('button', { name: 'Keep this model' }).click();
  const row = runs.getByRole('row', { name: /^cosine/ });
  await expect(row).toBeVisible({ timeout: 60_000 });
  await axeFindsNothing(page);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: /^Export/ }).click(),
  ]);
  await visit(page, link({ ...READY, compare: 'runs' }));
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: /^Show/ }).press('Enter');
  await expect
    .poll(() => page.evaluate(() => window.diffusionPlayground.config().schedule), { timeout: 30_000 })
    .toBe('cosine');

  await runs.getByLabel('File of a run').setInputFiles({
    ...{ name: 'broken.json', mimeType: 'application/json' },
    buffer: Buffer.from('{'),
  });
  await expect(runs.getByRole('alert')).toContainText('it is not JSON, or was cut off');
  await runs.getByLabel('File of a run').setInputFiles(await download.path());
  await expect(runs.getByRole('row', { name: /imported/ })).toBeVisible();
  await runs.getByRole('button', { name: /^Delete .*imported/ }).click();
  await expect(runs.getByRole('row', { name: /imported/ })).toHaveCount(0);
  await expect(row).toBeVisible();
});

test('a run is shown on one stage beside the page’s own model, and numbers of points become runs', async ({
  page,
}) => {
  const errors = collectErrors(page);
  await visit(page, link({ ...READY, compare: 'runs', schedule: 'cosine' }));
  await page.evaluate(async () => {
    await window.diffusionPlayground.train({ steps: 30 });
    await window.diffusionPlayground.runs.keep('mine (of cosine)');
    await window.diffusionPlayground.configure({ schedule: 'linear' });
  });
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await runs.getByRole('button', { name: 'On a stage mine (of cosine)' }).press('Enter');
  const stage = page.locator('.stage').last();
  await expect(stage).toContainText('run “mine (of cosine)”');
  await expect(stage).toContainText(/the run, step \d+/, { timeout: 30_000 });
  await expect(page).toHaveURL(/run\(mine/);
  await page.waitForLoadState('networkidle');
  await page.reload();
  await expect(stage).toContainText(/the run, step \d+/, { timeout: 30_000 });

  const heard = await page.evaluate(() =>
    window.diffusionPlayground.runs.memorise({ sizes: [5, 500], trainSteps: 30, n: 200 }),
  );
  expect(heard.rows.map(({ nPoints }) => nPoints)).toEqual([5, 500]);
  await expect(runs.getByRole('row', { name: /Number of points 5 / })).toBeVisible();
  await runs.getByLabel('Training of each model').selectOption('500');
  await runs.getByRole('button', { name: 'Train on ever more points' }).click();
  await expect(runs.getByRole('progressbar')).toBeVisible();
  await runs.getByRole('button', { name: 'Cancel' }).click();
  await expect(runs.getByRole('button', { name: 'Train on ever more points' })).toBeEnabled();
  await axeFindsNothing(page);
  expect(errors).toEqual([]);
});

import { expect, type Page } from '@playwright/test';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { newStage } from '../../src/views/index.ts';
import { test, visit } from './kept.ts';
import { link, QUIET } from './support.ts';

const stages = (page: Page) => page.getByRole('article');
const panelButton = (page: Page, name: string) =>
  page.getByRole('complementary', { name: 'Settings' }).getByRole('button', { name, exact: true });
const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });

/** Every picture is of something by now. */
async function allDrawn(page: Page) {
  await expect(page.getByText('waiting…')).toHaveCount(0);
}

test('stages are added, duplicated, switched, moved and removed: one to six of them', async ({ page }) => {
  const row = [...defaultConfig.stages, { ...newStage.score, id: 4 }];
  await visit(page, link({ ...QUIET, panel: 'sampler', stages: row }));
  await expect(stages(page)).toHaveCount(4);
  await allDrawn(page);

  await panelButton(page, 'Add a stage').click();
  await panelButton(page, 'Duplicate').click();
  await expect(stages(page)).toHaveCount(6);
  await expect(panelButton(page, 'Add a stage')).toBeDisabled();
  await expect(panelButton(page, 'Duplicate')).toBeDisabled();
  await allDrawn(page);
  await expect.poll(() => page.url()).toContain('st=');

  const shows = page.getByRole('combobox', { name: 'Shows' });
  await shows.selectOption('forward');
  await expect(stages(page).nth(4)).toHaveAccessibleName('Stage 5: Data → noise');
  await shows.selectOption('score');
  await page.getByRole('combobox', { name: 'Field' }).selectOption('error');
  await expect(stages(page).nth(4)).toHaveAccessibleName('Stage 5: Score error');
  await allDrawn(page);

  await stages(page)
    .nth(4)
    .getByRole('button', { name: /^Options/ })
    .click();
  await page.getByRole('menuitem', { name: 'Move left' }).click();
  await expect(stages(page).nth(3)).toHaveAccessibleName('Stage 4: Score error');

  for (let left = 5; left >= 1; left -= 1) {
    await panelButton(page, 'Remove').click();
    await expect(stages(page)).toHaveCount(left);
  }
  await expect(panelButton(page, 'Remove')).toBeDisabled();
  await allDrawn(page);
});

test('a stage takes another sampler and other settings, and says what it then shows', async ({ page }) => {
  await visit(page, link({ ...QUIET, panel: 'sampler' }));
  await page.getByRole('button', { name: /^DDPM/ }).click();
  await expect(page.getByRole('combobox', { name: 'Sampler' })).toHaveValue('ddpm');
  await page.getByRole('combobox', { name: 'Sampler' }).selectOption('ddim');
  const picture = stages(page).nth(1).getByRole('img');
  await expect(stages(page).nth(1)).toHaveAccessibleName('Stage 2: DDIM');
  await page.getByRole('slider', { name: 'Steps S' }).press('Home');
  await expect(stages(page).nth(1)).toContainText(/1 step,/);
  await radio(page, 'Exact').click();
  await expect(stages(page).nth(1)).toContainText('exact denoiser');
  // One step cannot be right, whoever is asked: that is told in place of where the picture came from.
  await expect(stages(page).nth(1)).toContainText(/Sampler alone: \d+ % astray/);
  await expect(picture).toHaveAccessibleName(/50 particles at t = 0\.50/);
});

test('a stage shows the options of its sampler and times, and no others', async ({ page }) => {
  await visit(page, link({ ...QUIET, panel: 'sampler' }));
  const card = stages(page).nth(2);
  const sampler = page.getByRole('combobox', { name: 'Sampler' });
  const times = page.getByRole('combobox', { name: /^Time grid τ/ });
  const slider = (name: string) => page.getByRole('slider', { name, exact: true });
  await card.getByRole('button', { name: /^DDIM/ }).click();

  await expect(slider('ρ')).toHaveCount(0);
  await times.selectOption('karras');
  await slider('ρ').press('Home');
  await expect(card).toContainText('Karras, η = 0, ρ = 1');

  await sampler.selectOption('heun');
  await slider('S churn').press('End');
  await expect(card).toContainText('S churn = 100');
  await expect(radio(page, 'Encode')).toHaveCount(0);
  await slider('S churn').press('Home');
  await expect(page.getByRole('radio', { name: /^Encode/ })).toBeVisible();

  await times.selectOption('list');
  await expect(page.getByRole('slider', { name: 'Steps S' })).toHaveCount(0);
  const list = page.getByRole('textbox', { name: 'Listed steps' });
  await list.fill('1, 3, 2');
  await expect(page.getByText('The list must increase; 2 comes after 3.')).toBeVisible();
  await list.fill('1, 3, 5');
  await list.press('Enter');
  await expect(card).toContainText('4 steps');
  await expect.poll(() => page.url()).toContain('tau(1-3-5)');
  await allDrawn(page);
});

test('a particle dropped with mouse or keyboard shows its path in every reverse stage', async ({ page }) => {
  await visit(page, link({ ...QUIET, budgetSteps: 5 }));
  await allDrawn(page);
  const pictures = page.getByRole('img', { name: /the path of a dropped particle is drawn/ });
  const target = (name: string) =>
    page.getByRole('button', { name: new RegExp(`^Drop a particle in ${name}`) });
  await target('DDIM').click({ position: { x: 60, y: 60 } });
  await expect(pictures).toHaveCount(2);

  await page.getByRole('button', { name: 'Remove particle' }).first().click();
  await expect(pictures).toHaveCount(0);

  await target('DDPM').focus();
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Enter');
  await expect(pictures).toHaveCount(2);
});

test('layers are drawn on and off', async ({ page }) => {
  await visit(page, link({ ...QUIET, panel: 'view', budgetSteps: 5 }));
  for (const layer of ['Density', 'Predicted x̂₀', 'Arrows to x̂₀', 'Mesh of x_T', 'True data']) {
    const chip = page.getByRole('button', { name: layer, exact: true });
    const pressed = await chip.getAttribute('aria-pressed');
    await chip.click();
    await expect(chip).toHaveAttribute('aria-pressed', String(pressed !== 'true'));
  }
  await allDrawn(page);
  const { stages: config } = await page.evaluate(() => window.diffusionPlayground.config());
  expect(config[2]!.layers).toEqual(expect.arrayContaining(['density', 'x0-hat', 'arrows', 'mesh', 'data']));
});

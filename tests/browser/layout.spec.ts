import { expect, type Page } from '@playwright/test';
import { processes } from '../../src/core/processes/index.ts';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { normalizeConfig } from '../../src/experiment/normalize.ts';
import { changeOfProcess } from '../../src/experiment/usualSettings.ts';
import { newStage } from '../../src/views/index.ts';
import { test, visit } from './kept.ts';
import { link, open, QUIET } from './support.ts';

const STILL = { ...QUIET, budgetSteps: 5 } as const;
/** The same, playing. */
const TINY_ROW = { ...STILL, time: 1, loop: true } as const;
/** The still experiment with another process, and what that is used with, as a link brings it. */
const usualOf = (process: string) => {
  const still = { ...defaultConfig, ...STILL, panel: 'hidden' } as const;
  return normalizeConfig({ ...still, ...changeOfProcess(still, process), process }).config;
};

/** A link in a window of another size; plots follow it within a second. */
async function visitAt(page: Page, width: number, height: number, address: string): Promise<void> {
  await page.setViewportSize({ width, height });
  await visit(page, address);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.chart-plot')].every(
      ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth,
    ),
  );
}

/** Lines of text and buttons that the header takes. */
function headerRows(page: Page): Promise<number> {
  return page.locator('.header-row').evaluate((row) => {
    const boxes = Array.from(row.children, (child) => child.getBoundingClientRect());
    const middles = boxes.map(({ top, bottom }) => (top + bottom) / 2).sort((a, b) => a - b);
    return middles.filter((middle, i) => i === 0 || middle - middles[i - 1]! > 12).length;
  });
}

/** Stage cards whose footer runs out of its card. */
function cutFooters(page: Page): Promise<readonly string[]> {
  return page
    .locator('.stage-footer')
    .evaluateAll((footers) =>
      footers
        .filter((footer) => footer.scrollWidth > footer.clientWidth)
        .map((footer) => footer.textContent ?? ''),
    );
}

/** The longest that is said of a stage's samples, at each of the lengths, and of whose model they are. */
const LONGEST = {
  '.stage-quality-full': '98.8 ± 0.3 % end on the data · distance 13.2× perfect',
  '.stage-quality-short': '98.8 ± 0.3 % on data · 13.2× ± 0.3',
  '.stage-quality-brief': '98.8 ± 0.3 % on data',
  '.when-wide': 'your model, step 12 345',
  '.when-narrow': 'step 12 345',
};

/** What stages say of their samples and what does not fit, once all of it is as long as it gets. */
function cutQualities(page: Page): Promise<readonly string[]> {
  return page.locator('.stage-quality').evaluateAll((qualities, longest) => {
    const feet = qualities.map((quality) => quality.closest('.stage-footer')!);
    for (const foot of feet) {
      for (const [selector, text] of Object.entries(longest)) {
        const part = foot.querySelector(selector);
        if (part) part.textContent = text;
      }
    }
    const isCut = ({ scrollWidth, clientWidth }: Element) => scrollWidth > clientWidth;
    return qualities
      .filter((quality, i) => isCut(quality) || isCut(feet[i]!))
      .map((quality) => `${quality.clientWidth} of ${quality.scrollWidth}: ${quality.textContent}`);
  }, LONGEST);
}

/** The longest that the header says of a model, of a sampler with a short name. */
const SENTENCES = [
  'Trained: DDPM puts 86 % on the data; true draws 99 %.',
  'Trained: it misses 4.4 % of the data; true draws 3.1 %.',
  'Learning: DDPM puts 70 % on data finer than a dot.',
  'Ready-made model: train to see your own learn.',
  'Did not work: its samples lie far from the data.',
];

/** Those that do not fit. */
function cutSentences(page: Page): Promise<readonly string[]> {
  return page.locator('.training-sentence').evaluate((sentence, texts) => {
    const words = sentence.querySelector('strong') ?? sentence;
    return texts.filter((text) => {
      words.textContent = text;
      return sentence.scrollHeight > sentence.clientHeight;
    });
  }, SENTENCES);
}

/** Sides of the pictures, CSS pixels; the higher one of each. */
const sidesOf = (page: Page) =>
  page
    .locator('.stage-picture')
    .evaluateAll((all) => all.map((picture) => Math.round(picture.getBoundingClientRect().height)));

/** Lower ends of the charts and the upper end of what follows them, beside the window's. */
const endOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().bottom)));

for (const [width, height, theme, least] of [
  [1440, 900, 'light', 400],
  [1280, 720, 'projector', 300],
  [1024, 768, 'dark', 300],
] as const) {
  test(`${width}×${height} ${theme}: the three stages have ${least} px or more, and the playback is in view`, async ({
    page,
  }) => {
    // With as many steps as the stages take: nothing has to be said of this link.
    const { nChain } = defaultConfig;
    await visitAt(page, width, height, link({ ...STILL, nChain, panel: 'hidden', theme }));
    const sides = await sidesOf(page);
    expect(sides).toHaveLength(3);
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(least);
    expect(await endOf(page, '.transport')).toBeLessThanOrEqual(height);
    await page.mouse.wheel(0, 2000);
    await expect(page.getByRole('slider', { name: 'Time' })).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (width < 1440) return;
    // Header, sentence, stages, playback and charts are all in the window.
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(page.locator('.chart-card')).toHaveCount(2);
    expect(await endOf(page, '.chart-card')).toBeLessThanOrEqual(height);
  });
}

test('a stage is enlarged by its button or its number, and taken back', async ({ page }) => {
  await visit(page, link({ ...STILL, panel: 'hidden' }));
  const [side] = await sidesOf(page);
  await page.getByRole('button', { name: 'Enlarge DDPM' }).click();
  const cards = page.locator('.stage');
  await expect(cards).toHaveCount(1);
  expect((await sidesOf(page))[0]!).toBeGreaterThan(1.3 * side!);
  await page.keyboard.press('Escape');
  await expect(cards).toHaveCount(3);
  await page.keyboard.press('3');
  await expect(page.locator('.stage h3')).toHaveText(['DDIM']);
  await page.keyboard.press('3');
  await expect(cards).toHaveCount(3);
});

test('the settings are of the stage that has all the room', async ({ page }) => {
  await visit(page, link({ ...STILL, panel: 'sampler' }));
  const chosen = (name: string) =>
    page.getByRole('complementary').getByRole('radio', { name, checked: true });
  await expect(chosen('Stage 3: DDIM')).toBeVisible();
  await page.getByRole('button', { name: 'Enlarge DDPM' }).click();
  await expect(chosen('Stage 2: DDPM')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chosen('Stage 3: DDIM')).toBeVisible();
});

test('playback goes to the noise while samplers wait, then back, and each counter agrees', async ({
  page,
}) => {
  await visit(page, link({ ...TINY_ROW, panel: 'hidden' }));
  const words = page.locator('.stage-words');
  await expect(words.nth(1)).toHaveText('waits for the noise', { timeout: 15_000 });
  await expect(words.nth(0)).toHaveText(/^t = 0\.\d\d$/);
  await expect(words.nth(1)).toHaveText(/NFE \d+ \/ 20$/, { timeout: 15_000 });
});

test('the counters of every process agree at both ends', async ({ page }) => {
  await visit(page, link({ ...STILL, panel: 'hidden' }));
  const words = page.locator('.stage-words');
  const readout = page.locator('.transport .c-scrubber-readout');
  for (const { id } of processes.entries) {
    await test.step(id, async () => {
      await page.evaluate((change) => window.diffusionPlayground.configure(change), { ...usualOf(id) });
      await page.getByRole('slider', { name: 'Time' }).press('Home');
      // All steps are done, and a last denoising is counted apart.
      await expect(words.nth(1)).toHaveText(/NFE (20 \/ 20|20 \+ 1 last denoising)/, { timeout: 30_000 });
      await expect(readout).toHaveText(id === 'vp' ? 't = 0.00 (step 0 of 20)' : 't = 0.00');
      await page.getByRole('slider', { name: 'Time' }).press('End');
      await expect(words.nth(1)).toHaveText(/t = 1\.00 · NFE 0 \/ 20/);
    });
  }
});

test('the header takes one row of a desktop and two of a phone, and no card is cut off', async ({ page }) => {
  await visit(page, link({ ...STILL, panel: 'hidden' }));
  await expect(page.getByText(/, step 5$|^Sampler/).filter({ visible: true })).toHaveCount(2);
  await expect(page.locator('.quality-readout strong')).toBeVisible({ timeout: 30_000 });
  for (const [width, height, rows] of [
    [1440, 900, 1],
    [1024, 768, 1],
    [390, 844, 2],
  ] as const) {
    await test.step(`${width}×${height}`, async () => {
      await page.setViewportSize({ width, height });
      await expect.poll(() => headerRows(page)).toBeLessThanOrEqual(rows);
      await expect.poll(() => cutFooters(page)).toEqual([]);
      const cards = await page
        .getByRole('article')
        .evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().height)));
      // On a phone the first is as wide as two, and not as high.
      expect(new Set(cards.slice(width > 820 ? 0 : 1)).size).toBe(1);
    });
  }
});

const SIX = [
  newStage.forward,
  { ...newStage.reverse, sampler: 'ddpm' },
  newStage.reverse,
  newStage.score,
  { ...newStage.reverse, sampler: 'heun', timeGrid: 'karras', parameters: { rho: 3, sChurn: 20 } },
  { ...newStage.score, source: 'exact' },
] as const;

/** Words of stages that end in "…". */
function shortened(page: Page): Promise<readonly string[]> {
  return page
    .locator('.stage-title h3, .stage-subtitle > span, .stage-footer > span')
    .evaluateAll((all) =>
      all
        .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 0)
        .map((element) => element.textContent ?? ''),
    );
}

for (const [name, width, height, reserved, least] of [
  ['the page at 1440×900', 1440, 900, '', 200],
  ['the page at 1024×768', 1024, 768, '', 200],
  ['a phone', 390, 844, '', 170],
  ['an embed of 560×400', 560, 400, 'embed', 100],
] as const) {
  test(`${name}: up to six stages keep a size that can be read, and whole words`, async ({ page }) => {
    // Phones and embeds are opened as they are.
    if (width < 1000) {
      await page.setViewportSize({ width, height });
      await open(page, link({ ...STILL, panel: 'hidden' }, reserved));
    } else await visitAt(page, width, height, link({ ...STILL, panel: 'hidden' }));
    for (const nStages of [1, 2, 3, 4, 6]) {
      await page.evaluate(
        (stages) => window.diffusionPlayground.configure({ stages }),
        SIX.slice(0, nStages),
      );
      await expect(page.getByRole('article')).toHaveCount(nStages);
      await expect(page.locator('.stage-footer', { hasText: 'waiting' })).toHaveCount(0);
      expect(await shortened(page)).toEqual([]);
      const sides = await page
        .locator('.stage-picture')
        .evaluateAll((all) => all.map((picture) => picture.getBoundingClientRect().width));
      // A row of four on a small page is as wide as it is.
      expect(Math.min(...sides)).toBeGreaterThanOrEqual(nStages === 4 ? Math.min(least, 165) : least);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const) {
  test(`${width}×${height}: the charts’ titles stand on one line, and every plot is high enough`, async ({
    page,
  }) => {
    await visitAt(page, width, height, link(STILL));
    const boxes = (part: string) =>
      page.locator(part).evaluateAll((all) => all.map((element) => element.getBoundingClientRect().toJSON()));
    await expect(page.locator('.chart-title')).toHaveCount(2);
    const tops = (await boxes('.chart-title')).map(({ top }) => top);
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(0.5);
    for (const charts of [['loss'], ['loss', 'schedule', 'quality', 'likelihood']] as const) {
      await page.evaluate((chosen) => window.diffusionPlayground.configure({ charts: chosen }), charts);
      await expect(page.locator('.chart-plot')).toHaveCount(charts.length);
      for (const { height: high, right } of await boxes('.chart-plot')) {
        expect(high).toBeGreaterThanOrEqual(150);
        expect(right).toBeLessThanOrEqual(width);
      }
    }
  });
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const) {
  test(`${width}×${height}: nothing moves while the network learns`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await visit(page, link({ seed: width, dataset: 'twenty-five-gaussians' }));
    const places = new Set<string>();
    await expect
      .poll(
        async () => {
          const parts = ['.stage', '.transport', '.chart-area'];
          const tops = await page.evaluate(
            (of) => of.map((part) => document.querySelector(part)?.getBoundingClientRect().top),
            parts,
          );
          places.add(tops.join());
          return page.getByRole('radio', { name: '300', exact: true }).count();
        },
        { intervals: [50], timeout: 30_000 },
      )
      .toBe(1);
    expect([...places]).toHaveLength(1);
  });
}

test('on a phone, what opens the settings leads to them', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, link({ ...STILL, panel: 'hidden' }));
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await page.getByRole('button', { name: /^DDIM/ }).click();
  await expect(settings.getByRole('combobox', { name: 'Sampler' })).toBeInViewport();
  // The stage that they are of is seen above them.
  const title = page.getByRole('button', { name: /^DDIM/ });
  await expect(title).toBeInViewport();
  const covered = await settings.evaluate((sheet) => sheet.getBoundingClientRect().top);
  expect((await title.boundingBox())!.y).toBeLessThan(covered);
  await page.getByRole('button', { name: 'Close the settings' }).click();
  await expect(settings).toHaveCount(0);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(settings.getByRole('tab', { name: 'Sampler' })).toBeInViewport();
});

test('a sampler that stays at one t counts its steps instead', async ({ page }) => {
  const langevin = { ...STILL, panel: 'sampler' } as const;
  await visit(page, link(langevin));
  await page.getByRole('button', { name: /^DDIM/ }).click();
  await page.getByRole('combobox', { name: 'Sampler' }).selectOption('langevin');
  const picture = page.getByRole('article').nth(2).getByRole('img');
  await expect(picture).toHaveAccessibleName(/50 particles at t = 0\.3 after 10 of 20 network evaluations/);
});

test('what a stage says of its samples is never cut', async ({ page }) => {
  for (const [stages, theme] of [
    [defaultConfig.stages, 'light'],
    [defaultConfig.stages, 'projector'],
    [[...defaultConfig.stages, newStage.reverse, newStage.reverse], 'light'],
    [[{ ...newStage.reverse, nSteps: 1 }], 'light'],
  ] as const) {
    await visit(page, link({ ...STILL, stages, theme }));
    await expect(page.locator('.stage-quality').first()).toBeVisible();
    for (const width of [1440, 1280, 1024, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await cutQualities(page), `${stages.length} stages, ${width} pixels, ${theme}`).toEqual([]);
    }
  }
});

for (const [theme, widths] of [
  ['light', [1920, 1536, 1440, 1366, 1280, 1100, 1024, 960, 900, 768, 390]],
  ['projector', [1920, 1440, 1366, 1280, 1024, 768]],
] as const) {
  test(`${theme}: what the header says of the model is never cut`, async ({ page }) => {
    await visit(page, link({ ...STILL, theme }));
    await expect(page.locator('.training-sentence > strong')).toBeVisible();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(() => cutSentences(page), { message: `${width} pixels` }).toEqual([]);
    }
  });
}

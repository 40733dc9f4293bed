import { expect } from '@playwright/test';
import { violations } from './axe.ts';
import { collectErrors, open } from './support.ts';
import { test } from './warm.ts';

/** Few steps and sentences, so that it is the page that is tested. */
const SHORT = '/?wo=words&loop=0&ws=n:5';

test.describe('the world of words', () => {
  test('a person opens it, asks about a sentence, and compares two methods', async ({ page }) => {
    const errors = collectErrors(page);
    await open(page, '/?pace=full&n=1');
    await page.getByRole('combobox', { name: 'World' }).selectOption('words');
    await expect(page.getByRole('heading', { name: 'Learned', exact: true })).toBeVisible();
    const asked = page.getByRole('region', { name: 'Ask about a sentence' });
    // The cat near the big dogs sees or sleeps: the exact answer agrees with the first noun.
    await expect(asked.getByRole('row', { name: /^sees .* 52 %$/ })).toBeVisible();
    await asked.getByRole('button', { name: /^cat, position 2/ }).press('Enter');
    await expect(asked.getByRole('button', { name: /^\[M\], position 2/ })).toBeVisible();
    await expect(asked.getByRole('row', { name: /^dog / })).toBeVisible();
    await asked.getByLabel('Position 2', { exact: true }).selectOption({ label: 'cats' });
    await expect(asked.getByRole('button', { name: /^cats, position 2/ })).toBeVisible();
    await asked.getByRole('button', { name: /^\[M\], position 7/ }).click();
    await expect(page.getByRole('region', { name: 'Two words together' })).toBeVisible();

    await page.evaluate(() => window.diffusionPlayground.configure({ budgetSteps: 20 }));
    const board = page.getByRole('region', { name: 'Scoreboard' });
    await board.getByRole('button', { name: 'GPT', exact: true }).click();
    await board.getByRole('button', { name: 'SSD-LM' }).click();
    await expect(page).toHaveURL(/sb(:|%3A)a\b/);
    await board.getByRole('button', { name: /^Train and compare/ }).click();
    await expect(board.getByRole('row', { name: /^Any order/ })).toBeVisible({ timeout: 60_000 });
    await expect(board.getByRole('row', { name: /^exact 10.17/ })).toBeVisible();
    await expect(board.getByText(/Here after 20 steps/)).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('a program scores, samples, bounds and asks, and bad requests say what was wrong', async ({
    page,
  }) => {
    await open(page, '/?pace=full&n=1');
    const found = await page.evaluate(async () => {
      const playground = window.diffusionPlayground;
      await playground.configure({ world: 'words', method: 'any-order', budgetSteps: 5 });
      const refused = async (ask: () => Promise<unknown>) => {
        const before = JSON.stringify(playground.config());
        const message = await ask().then(
          () => 'not refused',
          (error: Error) => error.message,
        );
        return { message, unchanged: JSON.stringify(playground.config()) === before };
      };
      const { discrete } = playground;
      const exact = await discrete.sample({ n: 20, steps: 12, seed: 1, denoiser: 'exact' });
      return {
        vocabulary: await discrete.vocabulary(),
        truth: await discrete.score(['the cat sleeps', 'the cat sleep']),
        exact: (await discrete.score(exact.text)).valid.every(Boolean),
        factorised: (await discrete.bound({ denoiser: 'factorised' })).bits,
        verb: (
          await discrete.posterior({ sequence: 'the cat near the big dogs [M]', t: 0.5, denoiser: 'exact' })
        )[6]!,
        notAWord: await refused(() => discrete.score(['the cow sleeps'])),
        nothingToFill: await refused(() => discrete.sample({ n: 1, fixed: 'the cat sleeps' })),
        tooManySteps: await refused(() => discrete.sample({ n: 1, steps: 13 })),
        noMatrices: await refused(() => discrete.transition({ t: 1 })),
        led: await (async () => {
          await playground.configure({ method: 'ssd-lm', steps: 8, budgetSteps: 60 });
          await playground.train({ steps: 60 });
          const control = { attribute: 'number', value: 'plural' };
          const of = async (way: string) =>
            (await discrete.sample({ n: 60, control: { ...control, way, scale: 3 } })).control!;
          return { none: await of('none'), learned: await of('learned'), exact: await of('exact') };
        })(),
        noValue: await refused(() =>
          discrete.sample({ n: 1, control: { attribute: 'number', value: 'dual' } }),
        ),
        noMethod: await refused(() => playground.configure({ method: 'lstm' })),
      };
    });
    expect(found.vocabulary).toHaveLength(14);
    expect(found.truth.valid).toEqual([true, false]);
    expect(found.truth.bits[1]).toBe(Number.POSITIVE_INFINITY);
    expect(found.exact).toBe(true);
    expect(Math.abs(found.factorised - 10.174)).toBeLessThan(0.3);
    expect(found.verb[7]! + found.verb[9]!).toBeCloseTo(1, 9);
    expect(found.notAWord).toEqual({
      message: expect.stringContaining('“cow” is not a word'),
      unchanged: true,
    });
    expect(found.nothingToFill).toEqual({
      message: expect.stringContaining('nothing to fill'),
      unchanged: true,
    });
    expect(found.tooManySteps).toEqual({ message: expect.stringContaining('13'), unchanged: true });
    expect(found.noMatrices).toEqual({ message: expect.stringContaining('no matrices'), unchanged: true });
    expect(found.led.none).toMatchObject({ share: expect.closeTo(0.5, 9), entropy: expect.closeTo(9.16, 1) });
    expect(found.led.learned.success).toBeGreaterThan(found.led.none.success);
    expect(found.led.exact.success).toBeGreaterThan(found.led.none.success);
    expect(found.noValue).toEqual({ message: expect.stringContaining('"dual" is unknown'), unchanged: true });
    expect(found.noMethod.unchanged).toBe(true);
    expect(found.noMethod.message).toContain('lstm');
  });

  test('axe finds nothing in any theme, and nothing is wider than a phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, SHORT);
    await expect(page.getByRole('region', { name: 'Two words together' })).toBeVisible();
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((name) => window.diffusionPlayground.configure({ theme: name }), theme);
      await page.waitForFunction(() => document.getAnimations().length === 0);
      expect(await violations(page), theme).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, theme).toBeLessThanOrEqual(0);
    }
  });
});

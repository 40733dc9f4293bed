import { expect, type Locator, type Page } from '@playwright/test';
import { test, visit } from './kept.ts';
import { collectErrors, link, TINY } from './support.ts';

const quick = { ...TINY, budgetSteps: 60, charts: ['likelihood', 'levels'] } as const;

/** Resolves with the next measurement, however busy the machine is. */
const nextMeasurement = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const stop = window.diffusionPlayground.on('likelihood', () => {
          stop();
          resolve();
        });
      }),
  );

/** What stands in the corner of a card may lie over no part of its title but the words that end in “…”. */
const hiddenBy = (card: Locator) =>
  card.evaluate((element) => {
    const corner = element.querySelector('.chart-corner')!.getBoundingClientRect();
    const parts = [...element.querySelectorAll('.chart-name, .chart-title > :last-child')];
    const isCovered = (part: Element) => {
      const { left, right, top, bottom } = part.getBoundingClientRect();
      return right > corner.left && left < corner.right && bottom > corner.top && top < corner.bottom;
    };
    return parts
      .filter(isCovered)
      .map(({ textContent }) => textContent)
      .join();
  });

test('shows after training what every step of the chain costs, and the sum in words', async ({ page }) => {
  const errors = collectErrors(page);
  await visit(page, link({ ...quick, learnedVariance: true }));
  await nextMeasurement(page);
  const chart = page.getByRole('img', { name: /^what each step adds: your model from/ });
  await expect(chart).toBeAttached();
  const card = page.locator('.chart-card', { hasText: 'Variational bound' });
  await expect(card).toContainText(/Bound −?\d+\.\d\d ± \d+\.\d\d; exact −?\d+\.\d\d/);
  await expect(card).toContainText(/Probability flow −?\d+\.\d\d ± \d+\.\d\d; exact −?\d+\.\d\d/);
  await expect(card).toContainText(/Entropy −?\d+\.\d\d \(data units\)/);
  await expect(card).toContainText(/With β −?\d+\.\d\d, with β̃ −?\d+\.\d\d/);
  await card.getByRole('radio', { name: 'Reverse variance beta', exact: true }).click();
  await expect(card).not.toContainText('With β');
  for (const [width, theme] of [
    [1440, 'light'],
    [1280, 'projector'],
    [1024, 'dark'],
    [390, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const charts = ['loss', 'schedule', 'likelihood'] as const;
    await page.evaluate((patch) => window.diffusionPlayground.configure(patch), {
      theme,
      charts: [...charts],
    });
    await expect.poll(() => hiddenBy(card), { message: `${width} ${theme}` }).toBe('');
  }
  expect(errors).toEqual([]);
});

test('shows the loss by noise level where there is no chain', async ({ page }) => {
  await visit(page, link({ ...quick, process: 've' }));
  await nextMeasurement(page);
  await expect(
    page.getByRole('img', { name: /^training loss at each noise level: your model from/ }),
  ).toBeAttached();
  await expect(page.locator('.chart-row')).toContainText('this process has no chain, hence no bound');
});

test('tells programs the same, sharper with every round', async ({ page }) => {
  await visit(page, link(quick));
  const heard = await page.evaluate(
    () =>
      new Promise<{ rounds: number; entropy: number; bound: number; flow: number; error: number }[]>(
        (resolve) => {
          const rounds: { rounds: number; entropy: number; bound: number; flow: number; error: number }[] =
            [];
          window.diffusionPlayground.on('likelihood', ({ rounds: nth, entropy, flow, terms }) => {
            if (terms.kind !== 'bound') return;
            const { total } = terms.of[0]!.model;
            const last = { bound: total.mean, error: total.error, flow: flow.model.mean };
            rounds.push({ rounds: nth, entropy: entropy.mean, ...last });
            if (nth === 4) resolve(rounds);
          });
        },
      ),
  );
  const first = heard.findLast(({ rounds }) => rounds === 1)!;
  const fourth = heard.at(-1)!;
  expect(fourth.error).toBeLessThan(first.error);
  expect(fourth.bound).toBeGreaterThan(fourth.entropy);
  expect(fourth.flow).toBeGreaterThan(fourth.entropy);
});

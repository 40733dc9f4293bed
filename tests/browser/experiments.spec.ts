import { expect, type Page } from '@playwright/test';
import { datasets } from '../../src/core/datasets/index.ts';
import { classDensity } from '../../src/core/exact/labelled.ts';
import { exactLogDensity } from '../../src/core/exact.ts';
import { configOf } from '../../src/lessons/experiment.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { LEARNED_CLAIMS, type LearnedClaim } from '../lessons/learnedClaims.ts';
import { collectErrors, link, open } from './support.ts';
import { test } from './warm.ts';

/** Opens an experiment by its name, on the engine that every machine has, and stops its training. */
async function opened(page: Page, id: string, budgetSteps: number): Promise<void> {
  await open(page, `/?experiment=${id}&gpu=simd&n=${budgetSteps}&t=0.5&ch=0`);
  await page.evaluate(() => window.diffusionPlayground.configure({ nParticles: 50 }));
}

/** Strays of the network's own samples by DDIM in 50 steps, after so many steps of training. */
const straysAfter = (page: Page, steps: number): Promise<number> =>
  page.evaluate(async (count) => {
    const { train, quality } = window.diffusionPlayground;
    await train({ steps: count });
    const { strays } = await quality({ sampler: 'ddim', nSteps: 50, n: 1000, draws: 1 });
    return strays.value;
  }, steps);

const STEPS = 1500;
const strays = new Map<string, number>();
/** Measured once for the three experiments that are about what the network predicts. */
async function straysOf(page: Page, id: string): Promise<number> {
  if (!strays.has(id)) {
    await opened(page, id, 1);
    strays.set(id, await straysAfter(page, STEPS));
  }
  return strays.get(id)!;
}

const CLAIMS: Readonly<Record<LearnedClaim, (page: Page) => Promise<void>>> = {
  async 'learned-exact'(page) {
    await opened(page, 'learned-exact', 1);
    const [before, after] = await page.evaluate(async () => {
      const { data, score, train } = window.diffusionPlayground;
      const points = await data({ n: 400, seed: 3 });
      const exact = await score({ t: 0.2, points, source: 'exact' });
      const error = async () => {
        const learned = await score({ t: 0.2, points, source: 'learned' });
        return learned.reduce((sum, value, i) => sum + (value - exact[i]!) ** 2, 0);
      };
      await train({ steps: 1 });
      const first = await error();
      await train({ steps: 1500 });
      return [first, await error()];
    });
    expect(Math.sqrt(after! / before!)).toBeLessThan(1 / 3);
  },
  async 'predict-noise'(page) {
    const noise = await straysOf(page, 'predict-noise');
    expect(noise).toBeGreaterThan(3 * (await straysOf(page, 'predict-velocity')));
  },
  async 'predict-clean'(page) {
    const clean = await straysOf(page, 'predict-clean');
    expect(clean).toBeLessThan((await straysOf(page, 'predict-noise')) / 3);
  },
  async 'predict-velocity'(page) {
    const velocity = await straysOf(page, 'predict-velocity');
    expect(velocity).toBeLessThan((await straysOf(page, 'predict-noise')) / 3);
  },
  async classes(page) {
    await opened(page, 'classes', 1);
    const drawn = await page.evaluate(async (steps) => {
      const { train, sample } = window.diffusionPlayground;
      await train({ steps });
      const of = async (ofClass: number) =>
        Array.from((await sample({ sampler: 'ddim', nSteps: 50, n: 300, seed: 1, ofClass })).points);
      return [await of(1), await of(3), await of(0)];
    }, STEPS);
    const pinwheel = datasets.get('pinwheel');
    const labelled = pinwheel.labelledDensity(1);
    const noNoise = { alpha: 1, sigma: 0 };
    const classesOf = (points: readonly number[]) => {
      const x = Float64Array.from(points);
      const logs = pinwheel.classNames.map((_, y) => exactLogDensity(classDensity(labelled, y), noNoise, x));
      return Array.from(logs[0]!, (_, i) => {
        const here = logs.map((log) => log[i]!);
        return 1 + here.indexOf(Math.max(...here));
      });
    };
    const [first, third, any] = drawn.map(classesOf);
    const share = (found: readonly number[], y: number) => found.filter((each) => each === y).length / 300;
    expect(share(first!, 1)).toBeGreaterThan(0.9);
    expect(share(third!, 3)).toBeGreaterThan(0.9);
    for (let y = 1; y <= 5; y++) expect(share(any!, y)).toBeGreaterThan(0.1);
  },
};

for (const id of LEARNED_CLAIMS) {
  test(`${id}: ${experiments.get(id).claim}`, async ({ page }) => {
    await CLAIMS[id](page);
  });
}

test('every experiment opens by its name, with nothing to repair and nothing to complain of', async ({
  page,
}) => {
  const errors = collectErrors(page);
  await open(page, link({ budgetSteps: 1, nParticles: 50, backend: 'simd' }));
  for (const { id, title, settings } of experiments.entries) {
    await page.getByRole('button', { name: 'Experiments' }).click();
    await page.getByRole('dialog').getByRole('button', { name: title, exact: true }).click();
    await expect(page.getByRole('region', { name: 'Experiment' })).toContainText(title);
    const { stages } = configOf({ settings });
    await expect(page.getByRole('article', { name: /^Stage/ }), id).toHaveCount(stages.length);
    await expect(page.getByRole('region', { name: 'Messages' }), id).toHaveCount(0);
  }
  expect(errors).toEqual([]);
});

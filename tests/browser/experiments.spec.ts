import { expect, type Page } from '@playwright/test';
import { datasets } from '../../src/core/datasets/index.ts';
import { classDensity } from '../../src/core/exact/labelled.ts';
import { exactLogDensity } from '../../src/core/exact.ts';
import { configOf } from '../../src/lessons/experiment.ts';
import { experiments } from '../../src/lessons/experiments/index.ts';
import { LEARNED_CLAIMS, type LearnedClaim } from '../lessons/learnedClaims.ts';
import { test, visit } from './kept.ts';
import { collectErrors, link } from './support.ts';

/** Opens an experiment by its name, on the engine that every machine has, and stops its training. */
async function opened(page: Page, id: string, budgetSteps: number): Promise<void> {
  await visit(page, `/?experiment=${id}&gpu=simd&n=${budgetSteps}&t=0.5&ch=0`);
  await page.evaluate(() => window.diffusionPlayground.configure({ nParticles: 50 }));
}

/** How a network does after some training: the distance of ten DDIM steps to the data, and the relative error of its score near them. */
const measured = (page: Page, steps: number): Promise<{ distance: number; scoreError: number }> =>
  page.evaluate(async (count) => {
    const { train, quality, data, score } = window.diffusionPlayground;
    await train({ steps: count });
    const ten = { sampler: 'ddim', nSteps: 10, timeGrid: 'quadratic', n: 1000, draws: 1 } as const;
    const { slicedW2 } = await quality(ten);
    const points = await data({ n: 300, seed: 3 });
    const exact = await score({ t: 0.05, points, source: 'exact' });
    const learned = await score({ t: 0.05, points, source: 'learned' });
    const square = (values: readonly number[]) => values.reduce((sum, value) => sum + value ** 2, 0);
    const errors = Array.from(learned, (value, i) => value - exact[i]!);
    return { distance: slicedW2.value, scoreError: Math.sqrt(square(errors) / square(Array.from(exact))) };
  }, steps);

const STEPS = 300;
const known = new Map<string, Promise<{ distance: number; scoreError: number }>>();
/** Measured once for the three experiments that are about what the network predicts. */
async function outputOf(page: Page, output: 'noise' | 'clean' | 'velocity') {
  if (!known.has(output)) {
    await opened(page, `predict-${output}`, 1);
    known.set(output, measured(page, STEPS));
  }
  return known.get(output)!;
}

const CLAIMS: Readonly<Record<LearnedClaim, (page: Page) => Promise<void>>> = {
  async 'learned-exact'(page) {
    await opened(page, 'learned-exact', 1);
    // A network for which there are no ready-made weights.
    await page.evaluate(() => window.diffusionPlayground.configure({ width: 48 }));
    const before = await measured(page, 1);
    const after = await measured(page, 1500);
    expect(after.scoreError).toBeLessThan(before.scoreError / 2);
  },
  async 'predict-noise'(page) {
    const noise = await outputOf(page, 'noise');
    expect(noise.distance).toBeGreaterThan(3 * (await outputOf(page, 'velocity')).distance);
  },
  async 'predict-clean'(page) {
    const clean = await outputOf(page, 'clean');
    expect(clean.distance).toBeLessThan((await outputOf(page, 'noise')).distance / 3);
    expect(clean.scoreError).toBeGreaterThan(1.5 * (await outputOf(page, 'velocity')).scoreError);
  },
  async 'predict-velocity'(page) {
    const velocity = await outputOf(page, 'velocity');
    expect(velocity.distance).toBeLessThan((await outputOf(page, 'noise')).distance / 3);
    expect(velocity.scoreError).toBeLessThan((await outputOf(page, 'clean')).scoreError);
  },
  async classes(page) {
    await opened(page, 'classes', 1);
    const drawn = await page.evaluate(async (steps) => {
      const { train, sample } = window.diffusionPlayground;
      await train({ steps });
      const of = async (ofClass: number) =>
        Array.from((await sample({ sampler: 'ddim', nSteps: 50, n: 300, seed: 1, ofClass })).points);
      return [await of(1), await of(3), await of(0)];
    }, 1500);
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
  await visit(page, link({ budgetSteps: 1, nParticles: 50, backend: 'simd' }));
  for (const { id, title, settings } of experiments.entries) {
    await page.evaluate((name) => {
      history.pushState(null, '', `?experiment=${name}&gpu=simd&n=1&k=50`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, id);
    await expect(page.getByRole('region', { name: 'Experiment' })).toContainText(title);
    const { stages } = configOf({ settings });
    await expect(page.getByRole('article', { name: /^Stage/ }), id).toHaveCount(stages.length);
    await expect(page.getByRole('region', { name: 'Messages' }), id).toHaveCount(0);
  }
  expect(errors).toEqual([]);
});

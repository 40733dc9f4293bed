import { expect } from '@playwright/test';
import type { ExperimentConfig } from '../../src/experiment/types.ts';
import { test, visit } from './kept.ts';
import { link, open, QUIET } from './support.ts';

test.beforeEach(async ({ page }) => {
  await visit(page, link({ ...QUIET, budgetSteps: 1 }));
});

test('ready says which engine runs', async ({ page }) => {
  const info = await open(page, link({ ...QUIET, backend: 'cpu' }));
  expect(info).toMatchObject({ engine: 'tfjs', backend: 'cpu', adapter: null });
});

test('configure changes the experiment, and rejects a bad field by name and changes nothing', async ({
  page,
}) => {
  const changed = await page.evaluate(() =>
    window.diffusionPlayground.configure({ dataset: 'moons', noise: 0.5 }),
  );
  expect(changed).toMatchObject({ dataset: 'moons', noise: 0.5 });

  for (const [patch, named] of [
    [{ learningRate: 'fast', seed: 9 }, /learningRate|Learning rate/],
    [{ nChain: 1e9, seed: 9 }, /nChain|T /],
    [{ color: 'red', seed: 9 }, /color/],
  ] as const) {
    const outcome = await page.evaluate(async (bad) => {
      const { configure, config } = window.diffusionPlayground;
      const message = await configure(bad as object as Partial<ExperimentConfig>).then(
        () => 'resolved',
        (error: Error) => error.message,
      );
      return { message, seed: config().seed };
    }, patch);
    expect(outcome.message).toMatch(named);
    expect(outcome.seed).toBe(changed.seed);
  }
});

test('train counts its steps, and brings the learned score nearer to the exact one', async ({ page }) => {
  const result = await page.evaluate(async () => {
    const { configure, data, score, train } = window.diffusionPlayground;
    // Training begins by itself, and ends with the budget: after one step it is still all but untrained.
    await configure({ budgetSteps: 1, width: 32, depth: 2, seed: 2 });
    const points = await data({ n: 500, seed: 3 });
    const exact = await score({ t: 0.05, points, source: 'exact' });
    const error = async () => {
      const learned = await score({ t: 0.05, points, source: 'learned' });
      return learned.reduce((sum, value, i) => sum + (value - exact[i]!) ** 2, 0) / points.length;
    };
    const first = await train({ steps: 1 });
    const before = await error();
    await configure({ budgetSteps: 4000 });
    const second = await train({ steps: 3000 });
    return { first, second, before, after: await error() };
  });
  expect(result.second.step - result.first.step).toBe(3000);
  expect(result.second.seconds).toBeGreaterThan(0);
  expect(result.second.loss).toBeGreaterThan(0);
  expect(result.after).toBeLessThan(0.5 * result.before);
});

test('sample is a function of its request', async ({ page }) => {
  const [a, b, c] = await page.evaluate(async () => {
    const { sample } = window.diffusionPlayground;
    const request = { sampler: 'ddim', nSteps: 5, n: 64, seed: 1, eta: 0, frames: 3 };
    return [await sample(request), await sample(request), await sample({ ...request, seed: 2 })];
  });
  expect(a!.points).toHaveLength(128);
  expect(a!.frames).toHaveLength(3 * 128);
  expect(a!.nfe).toBe(5);
  expect([...b!.points]).toEqual([...a!.points]);
  expect([...c!.points]).not.toEqual([...a!.points]);
});

test('quality is measured beside true draws, of the model or of the exact denoiser', async ({ page }) => {
  const [own, exact] = await page.evaluate(async () => {
    const { quality } = window.diffusionPlayground;
    const few = { n: 200, draws: 1, sampler: 'ddim', nSteps: 10 };
    return [await quality(few), await quality({ ...few, denoiser: 'exact' })];
  });
  expect(own).toMatchObject({ source: 'own', samples: 200 });
  expect(exact).toMatchObject({ source: 'exact', samples: 200 });
  expect(own!.strays.value).toBeGreaterThan(exact!.strays.value);
  expect(exact!.strays.perfect).toBe(0.01);
});

test('data and score are in data units', async ({ page }) => {
  const { data, exact } = await page.evaluate(async () => {
    const { data, score } = window.diffusionPlayground;
    const points = await data({ n: 2000, seed: 3 });
    return { data: points, exact: await score({ t: 1, points, source: 'exact' }) };
  });
  expect(data).toHaveLength(4000);
  expect(Math.max(...data)).toBeGreaterThan(2);
  // At t = 1 the noised data is nearly a standard normal about its mean: the score points inwards almost everywhere.
  const inward = Array.from(data.keys()).filter((i) => Math.sign(exact[i]!) === -Math.sign(data[i]!));
  expect(inward.length / data.length).toBeGreaterThan(0.8);
});

test('a listener hears until it is told to stop', async ({ page }) => {
  const heard = await page.evaluate(async () => {
    const { on, train } = window.diffusionPlayground;
    const steps: number[] = [];
    const stop = on('progress', ({ step }) => steps.push(step));
    await train({ steps: 20 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = steps.length;
    stop();
    await train({ steps: 20 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { before, after: steps.length };
  });
  expect(heard.before).toBeGreaterThan(0);
  expect(heard.after).toBe(heard.before);
});

import { expect, test } from '@playwright/test';
import type { ExperimentConfig } from '../../src/config/types.ts';
import { link, open, TINY } from './support.ts';

test.beforeEach(async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', budgetSteps: 1 }));
});

test('ready says which engine runs', async ({ page }) => {
  const info = await page.evaluate(() => window.diffusionPlayground.ready);
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

test('train counts its steps and lowers the loss', async ({ page }) => {
  const { first, second, losses } = await page.evaluate(async () => {
    const { configure, on, train } = window.diffusionPlayground;
    // The learning rate falls over the budget; fresh weights, and every loss from the first on.
    await configure({ budgetSteps: 1000, seed: 2 });
    const losses: number[] = [];
    on('progress', (event) => losses.push(...event.losses));
    return { first: await train({ steps: 10 }), second: await train({ steps: 400 }), losses };
  });
  expect(second.step - first.step).toBe(400);
  expect(second.seconds).toBeGreaterThan(0);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value) / values.length;
  const tenth = Math.ceil(losses.length / 10);
  expect(mean(losses.slice(-tenth))).toBeLessThan(0.9 * mean(losses.slice(0, tenth)));
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

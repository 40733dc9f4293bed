import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { collectErrors } from './support.ts';

/** Chosen by the environment, to repeat what was found or to look for longer. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const ACTIONS = Number(process.env.FUZZ_ACTIONS ?? 600);

async function count(page: Page, devtools: CDPSession) {
  await page.waitForTimeout(3000);
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  const { tensors } = await page.evaluate(() => window.diffusionPlayground.memory());
  return {
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    heap: metric('JSHeapUsedSize'),
    tensors,
  };
}

const fuzzed = (page: Page) =>
  page.evaluate(async () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
    while (!window.diffusionFuzz) await wait();
    return window.diffusionFuzz;
  });

test(`${ACTIONS} random actions by seed ${SEED} break nothing and leave nothing behind`, async ({ page }) => {
  test.setTimeout(60_000 + 1000 * ACTIONS);
  const errors = collectErrors(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(`/?fuzz=${SEED}&actions=${Math.ceil(ACTIONS / 10)}`);
  const first = await fuzzed(page);
  expect(first.problems).toEqual([]);
  const before = await count(page, devtools);
  await page.evaluate(
    ([seed, actions]) => window.diffusionFuzzAgain?.(seed!, actions!),
    [SEED + 1, ACTIONS - first.actions],
  );
  const second = await fuzzed(page);
  expect(second.problems).toEqual([]);
  expect(first.actions + second.actions).toBe(ACTIONS);
  const after = await count(page, devtools);
  expect(errors).toEqual([]);
  // The engine and its second thread; one that reads a file ends with it.
  await expect.poll(() => page.workers().length, { timeout: 30_000 }).toBeLessThanOrEqual(2);
  expect(after.tensors - before.tensors).toBeLessThan(30);
  expect(after.listeners - before.listeners).toBeLessThan(ACTIONS / 2);
  expect(after.nodes - before.nodes).toBeLessThan(5 * ACTIONS);
  expect(after.heap - before.heap).toBeLessThan(40e6);
});

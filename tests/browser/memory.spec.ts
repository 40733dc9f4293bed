import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

const CYCLES = 20;

/** Everything that a train/restart cycle could leave behind. */
async function count(page: Page, devtools: CDPSession) {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  const { tensors, bytes, gpuBytes } = await page.evaluate(() => window.diffusionPlayground.memory());
  return {
    workers: page.workers().length,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    heap: metric('JSHeapUsedSize'),
    tensors,
    bytes,
    gpuBytes,
  };
}

/** Looks in a row at which all must be the same: a measurement in the middle of which it stays so is shorter. */
const LOOKS = 6;

/**
 * Waits until the engine rests, whose previews and measurements come and go for a while after training, and the page,
 * which loads what is not on the first screen when it has nothing else to do.
 */
async function settle(page: Page, devtools: CDPSession) {
  let last = '';
  let looks = 0;
  await expect
    .poll(
      async () => {
        const { heap: _, ...held } = await count(page, devtools);
        const now = JSON.stringify(held);
        looks = now === last ? looks + 1 : 1;
        last = now;
        return looks;
      },
      { intervals: [1500], timeout: 90_000 },
    )
    .toBeGreaterThanOrEqual(LOOKS);
}

/** New weights by a new seed, then a few steps. */
async function cycle(page: Page, seed: number) {
  await page.evaluate(async (value) => {
    await window.diffusionPlayground.configure({ seed: value });
    await window.diffusionPlayground.train({ steps: 5 });
  }, seed);
}

test(`${CYCLES} train/restart cycles leave nothing behind`, async ({ page }) => {
  await open(page, link({ ...TINY, backend: 'cpu', budgetSteps: 5, loop: false }));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  for (let seed = 2; seed < 5; seed += 1) await cycle(page, seed);
  // The charts come when the page is idle, and bring listeners of their own.
  await expect(page.locator('.chart .main-svg').first()).toBeAttached();
  await expect(page.getByText('loading the chart…')).toHaveCount(0);
  await settle(page, devtools);
  const before = await count(page, devtools);
  for (let seed = 5; seed < 5 + CYCLES; seed += 1) await cycle(page, seed);
  // Whatever is being measured gives back what it holds.
  const more = async () => {
    const held = await page.evaluate(() => window.diffusionPlayground.memory());
    return {
      tensors: Math.max(0, held.tensors - before.tensors),
      bytes: Math.max(0, held.bytes - before.bytes),
      gpuBytes: Math.max(0, held.gpuBytes - before.gpuBytes),
    };
  };
  await expect.poll(more, { timeout: 90_000 }).toEqual({ tensors: 0, bytes: 0, gpuBytes: 0 });
  // Listeners come and go with tooltips and charts: a leak per cycle would be 20 or more, and stay.
  const listeners = async () => (await count(page, devtools)).listeners - before.listeners;
  await expect.poll(listeners, { timeout: 30_000 }).toBeLessThan(CYCLES / 2);
  const after = await count(page, devtools);

  expect(before.workers).toBe(1);
  expect(after.workers).toBe(1);
  expect(after.nodes - before.nodes).toBeLessThan(10 * CYCLES);
  expect(after.heap - before.heap).toBeLessThan(20e6);
});

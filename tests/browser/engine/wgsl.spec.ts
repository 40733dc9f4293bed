import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';

const HARNESS = 'tests/browser/engine/wgslHarness.html';
let folder: string;
let server: PreviewServer;
let address: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wgsl-harness-'));
  const outDir = join(folder, 'dist');
  await build({
    logLevel: 'error',
    publicDir: false,
    build: { outDir, rolldownOptions: { input: HARNESS } },
  });
  server = await preview({ logLevel: 'error', build: { outDir }, preview: { host: 'localhost', port: 0 } });
  address = new URL(HARNESS, server.resolvedUrls!.local[0]).href;
});

test.afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test.beforeEach(async ({ page }) => {
  await page.goto(address);
  await page.waitForFunction(() => 'wgslHarness' in window);
});

const ACTIVATIONS = ['silu', 'gelu', 'relu', 'tanh'] as const;

for (const learnedVariance of [false, true]) {
  test(`loss and every gradient are float64's, ${learnedVariance ? 'with' : 'without'} a learned variance`, async ({
    page,
  }) => {
    for (const activation of ACTIVATIONS) {
      const errors = await page.evaluate(
        ([choice, size]) => window.wgslHarness.gradientErrors(choice, size),
        [{ activation, learnedVariance }, 37] as const,
      );
      expect(errors.loss, activation).toBeLessThan(1e-5);
      expect(errors.gradient, activation).toBeLessThan(1e-5);
    }
  });
}

test('after 50 steps the state is that of tfjs on the same batches', async ({ page }) => {
  const apart = await page.evaluate(() => window.wgslHarness.statesApart({}, 50, 24));
  expect(apart.step).toBe(50);
  expect(apart.weights).toBeLessThan(1e-4);
  expect(apart.ema).toBeLessThan(1e-4);
  expect(apart.firstMoment).toBeLessThan(1e-3);
  expect(apart.secondMoment).toBeLessThan(1e-3);
});

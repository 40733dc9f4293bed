import { expect, test } from '@playwright/test';
import { servedHarness } from './servedHarness.ts';

const address = servedHarness('tests/browser/engine/simd/harness.html');

for (const variant of ['relaxed', 'simd', 'scalar'] as const) {
  test(`the ${variant} kernel agrees with float64, and with itself`, async ({ page }) => {
    await page.goto(address());
    const supported = await page.evaluate((name) => window.simdHarness.supports(name), variant);
    expect(supported, 'Chromium has all three').toBe(true);
    for (const activation of ['silu', 'gelu', 'relu', 'tanh'] as const) {
      for (const [width, depth, outputs, size] of [
        [8, 1, 2, 1],
        [13, 2, 4, 7],
        [30, 3, 2, 130],
      ] as const) {
        const errors = await page.evaluate(
          ([name, example]) => window.simdHarness.gradientErrors(name, example),
          [variant, { width, depth, outputs, activation, size }] as const,
        );
        const what = `${activation}, width ${width}, batch ${size}`;
        expect(errors.loss, what).toBeLessThan(3e-6);
        expect(errors.gradient, what).toBeLessThan(2e-4);
      }
    }
    const drift = await page.evaluate(
      (name) => window.simdHarness.driftOf(name, { width: 13, depth: 2, outputs: 4, activation: 'silu' }),
      variant,
    );
    expect(drift.again, 'two runs are equal to the bit').toBe(0);
    expect(drift.weights).toBeLessThan(1e-4);
    expect(drift.output).toBeLessThan(1e-3);
    expect(drift.left, 'bytes left in use').toBe(0);
  });
}

test('two threads take the steps of one and give its answers, to the bit, and go on when the second is ended', async ({
  page,
}) => {
  await page.goto(address());
  const { isolated, gradient, steps } = await page.evaluate(() => window.simdHarness.threads());
  expect(isolated).toBe(true);
  expect(Number.isFinite(gradient.sum)).toBe(true);
  expect(gradient.theirSum).toBe(gradient.sum);
  expect(gradient.difference).toBe(0);
  expect(steps.difference).toBe(0);
  expect(steps.left, 'bytes left in use').toBe(0);
});

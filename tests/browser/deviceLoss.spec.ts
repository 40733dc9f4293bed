import { expect, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

const ON_WEBGPU = [
  ['wgsl', 'WebGPU', /You chose fused WebGPU kernels\. This adapter is a software one/],
  ['webgpu', 'tfjs WebGPU', /You chose TensorFlow\.js on WebGPU\. This adapter is a software one/],
] as const;

for (const [backend, chip, reason] of ON_WEBGPU) {
  test(`computes on ${backend} when the link says so, goes on after the GPU process has crashed, and says both`, async ({
    page,
    browser,
  }) => {
    const info = await open(page, link({ ...TINY, backend, panel: 'model', budgetSteps: 100_000 }));
    expect(info).toMatchObject({ backend });
    await expect(page.locator('.engine-chip')).toHaveText(chip);
    await expect(page.getByRole('tabpanel')).toContainText(reason);
    const stepPast = (step: number) =>
      page.evaluate(
        (floor) =>
          new Promise<number>((resolve) => {
            const stop = window.diffusionPlayground.on('progress', (event) => {
              if (event.step <= floor) return;
              stop();
              resolve(event.step);
            });
          }),
        step,
      );
    const before = await stepPast(2);
    const devtools = await browser.newBrowserCDPSession();
    // The command never answers: the process that would answer is gone.
    devtools.send('Browser.crashGpuProcess').catch(() => undefined);
    await expect(
      page
        .getByRole('status')
        .or(page.getByRole('alert'))
        .filter({ hasText: /GPU|device/i })
        .first(),
    ).toBeVisible({
      timeout: 30_000,
    });
    expect(await stepPast(before + 5)).toBeGreaterThan(before);
  });
}

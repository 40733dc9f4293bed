import { expect, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

for (const backend of ['wgsl', 'webgpu'] as const) {
  test(`training on ${backend} goes on after the GPU process has crashed, and the person is told`, async ({
    page,
    browser,
  }) => {
    const info = await open(page, link({ ...TINY, backend, budgetSteps: 100_000 }));
    expect(info).toMatchObject({ backend });
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

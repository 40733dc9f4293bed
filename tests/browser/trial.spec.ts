import { expect, type Page, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

const KEY = 'diffusion-playground-trials-1';

/** The imitated adapter says of itself that it is a real one: the engine tries what it would otherwise pass over. */
async function passForReal(page: Page): Promise<void> {
  const lie = `
    for (const [name, value] of Object.entries({ vendor: 'acme', architecture: 'one', device: '', description: '' })) {
      Object.defineProperty(GPUAdapterInfo.prototype, name, { get: () => value });
    }
    Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });
  `;
  await page.route('**/assets/engineWorker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${lie}${await response.text()}` });
  });
}

/** What the browser keeps for the next visit. */
const remembered = (page: Page): Promise<Record<string, Record<string, number>>> =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{}'), KEY);

/** What the page says of the engine under Model. */
async function reason(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Model' }).click();
  return (await page.getByText(/In a short trial|You chose/).textContent()) ?? '';
}

test('engines are tried where there is a GPU, the faster one does the work, and the next visit knows it', async ({
  page,
}) => {
  await passForReal(page);
  const first = await open(page, link(TINY));
  const speeds = (await remembered(page))['acme one']!;
  expect(Object.keys(speeds).sort()).toEqual(['simd', 'wgsl']);
  for (const speed of Object.values(speeds)) expect(speed).toBeGreaterThan(0);
  expect(first.backend).toBe(speeds.simd! > speeds.wgsl! ? 'simd' : 'wgsl');
  const said = await reason(page);
  expect(said).toMatch(/In a short trial on this device: .* steps\/s, .* steps\/s\./);
  for (const speed of Object.values(speeds)) expect(said).toContain(`${Math.round(speed)} steps/s`);

  expect(await open(page, link(TINY))).toEqual(first);
  expect(await reason(page), 'the same numbers: it was not tried again').toBe(said);

  const chosen = await open(page, link({ ...TINY, backend: 'wgsl' }));
  expect(chosen).toMatchObject({ backend: 'wgsl', adapter: 'acme one' });
  expect(await reason(page)).toMatch(/You chose fused WebGPU kernels/);
  expect(await remembered(page), 'a choice of one’s own leaves the trial as it was').toEqual({
    'acme one': speeds,
  });
});

test('what was remembered and cannot be read is tried anew', async ({ page }) => {
  await passForReal(page);
  await page.addInitScript(
    ([key, value]) => localStorage.setItem(key!, value!),
    [KEY, '{"acme one":{"simd":"fast"}}'],
  );
  await open(page, link(TINY));
  expect(Object.keys((await remembered(page))['acme one']!).sort()).toEqual(['simd', 'wgsl']);
});

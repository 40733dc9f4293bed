import { expect, type Page } from '@playwright/test';
import { link, QUIET } from './support.ts';
import { test } from './warm.ts';

/** An article with embeds one after another, each far below the one before. */
async function article(page: Page, embeds: readonly string[]): Promise<void> {
  await page.route('**/article.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><body style="margin:0 auto;max-width:760px">${embeds
        .map((src) => `<p>Text.</p><iframe src="${src}" width="100%" height="520" style="border:0"></iframe>`)
        .join('<div style="height:2400px"></div>')}
        <script>addEventListener('message',e=>{if(e.data?.type==='diffusion-playground-height')for(const f of document.querySelectorAll('iframe'))if(f.contentWindow===e.source)f.height=e.data.height})</script>`,
    }),
  );
  await page.goto('/article.html');
}

const small = { ...QUIET, budgetSteps: 300 };
const stepOf = (page: Page, index: number) =>
  page.frameLocator('iframe').nth(index).locator('.embed-step').textContent();

test('an embed trains only in sight, and is as high as what is on it', async ({ page }) => {
  const src = link({ ...small, budgetSteps: 1_000_000 }, 'embed');
  await article(page, [src, src]);
  await expect.poll(() => stepOf(page, 0), { timeout: 20_000 }).not.toBe('step 0');
  expect(await stepOf(page, 1)).toBe('step 0');
  const heights = () =>
    page.locator('iframe').evaluateAll((frames) =>
      frames.map((frame) => {
        const inside = (frame as HTMLIFrameElement).contentDocument!.documentElement;
        return inside.scrollHeight - (frame as HTMLIFrameElement).clientHeight;
      }),
    );
  await expect.poll(heights).toEqual([0, 0]);

  await page.locator('iframe').nth(1).scrollIntoViewIfNeeded();
  await expect.poll(() => stepOf(page, 1), { timeout: 20_000 }).not.toBe('step 0');
  const left = await stepOf(page, 0);
  await page.waitForTimeout(500);
  expect(await stepOf(page, 0)).toBe(left);
});

for (const width of [360, 640, 1100]) {
  test(`at ${width} px an embed cuts no word and wastes no frame`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(link(small, 'embed&caption=A%20roll.&charts=loss&bg=fff'));
    await expect(page.locator('.stage-footer', { hasText: 'waiting' })).toHaveCount(0, { timeout: 20_000 });
    const cut = await page
      .locator('.stage-title h3, .stage-readout, .embed-caption')
      .evaluateAll((all) =>
        all.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent),
      );
    expect(cut).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expect(page.getByText('A roll.')).toBeVisible();
  });
}

test('an option that is not known is told of, and the rest goes on', async ({ page }) => {
  await page.goto(link(small, 'embed&controls=play,fly'));
  await expect(page.getByText(/controls has no "fly"/)).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Time' })).toBeVisible();
});

test('an embed of a world has the charts, the controls and the caption that its link asks for', async ({
  page,
}) => {
  const ws = encodeURIComponent('T:10~w:8~n:40~k:50');
  await page.goto(
    `./?embed&wo=categories&ws=${ws}&charts=table,loss,levels&controls=data&caption=Cells.&bg=fff`,
  );
  await expect(page.getByText('How many bits a cell takes')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Learning', { exact: true })).toBeVisible();
  await expect(page.getByText('Bound by t')).toHaveCount(0);
  await expect(page.getByText(/charts has no "levels"; choose from bound, table, loss/)).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Data set' })).toBeVisible();
  await expect(page.getByText('Cells.')).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Time' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^(Train|Pause)/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /Diffusion Playground/ })).toHaveCount(0);
});

test('an embed rests where its link says, and draws a condition for readers to see', async ({ page }) => {
  const time = page.getByRole('slider', { name: 'Time' });
  const restsAt = async (query: string, at: string) => {
    await page.goto(`/?embed&n=10&k=50&T=20&${query}`);
    await expect(page.locator('.stage-footer', { hasText: 'waiting' })).toHaveCount(0, { timeout: 20_000 });
    await expect(time).toHaveValue(at);
    await page.waitForTimeout(400);
    await expect(time).toHaveValue(at);
  };
  await restsAt('autoplay=0', '0');
  await restsAt('autoplay=0&t=0.5', '0.5');
  await restsAt('st=r_condition(r_1_0_0.5_0.5_0_exact)&t=0.2', '0.2');
  await expect(page.locator('ellipse.condition-shape')).toHaveCount(2);
  await expect(page.locator('.condition-handle')).toHaveCount(0);
});

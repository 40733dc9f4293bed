import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, type Route, test } from '@playwright/test';
import { link, open, TINY } from './support.ts';

/** What must be said within this time, milliseconds: 5 s, on a machine that does other things too. */
const SOON = 10_000;
const HERE = link({ ...TINY, time: 0.5, budgetSteps: 100_000, loop: false });
const dist = resolve(process.env.DIST ?? 'dist');

const chip = (page: Page) => page.locator('.phase-chip');
const steps = (page: Page, n: number) =>
  page.evaluate((count) => window.diffusionPlayground.train({ steps: count }), n);

/** Lets the first `count` requests fail. */
function failFirst(count: number) {
  let left = count;
  return (route: Route) => (left-- > 0 ? route.abort() : route.continue());
}

test.describe('a start that cannot succeed says so in the document', () => {
  test('when the main script is gone', async ({ page }) => {
    await page.route(/assets\/index-.*\.js/, (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto(HERE);
    await expect(page.getByRole('alert')).toContainText(
      /has not started.*script could not be loaded.*Reload/s,
      {
        timeout: SOON,
      },
    );
  });

  test('when no script runs at all, not even the one that watches', async ({ page }) => {
    await page.route(/\.js$/, (route) => route.abort());
    await page.goto(HERE);
    await expect(page.getByRole('alert')).toContainText(/has not started.*Reload/s, { timeout: SOON });
  });

  test('when the main script never comes', async ({ page }) => {
    await page.route(/assets\/index-.*\.js/, () => {});
    await page.goto(HERE, { waitUntil: 'commit' });
    await expect(page.locator('.boot-help')).toBeVisible({ timeout: SOON });
  });

  test('when the page is opened as a file', async ({ page }) => {
    await page.goto(pathToFileURL(join(dist, 'index.html')).href);
    await expect(page.getByRole('alert')).toContainText(/has not started.*from a file.*npm start/s, {
      timeout: SOON,
    });
  });

  test('when the engine’s script is gone, and it can be started again once it is back', async ({ page }) => {
    let gone = true;
    await page.route(/assets\/(engineWorker|host)-.*\.js/, (route) =>
      gone ? route.abort() : route.continue(),
    );
    await page.goto(HERE);
    await expect(chip(page)).toHaveText('Stopped', { timeout: SOON });
    await expect(page.getByRole('alert')).toContainText(/engine could not be loaded.*Check the network/s);
    gone = false;
    await page.getByRole('alert').getByRole('button', { name: 'Start again' }).click();
    await expect(chip(page)).toHaveText('Training');
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect((await steps(page, 3)).step).toBeGreaterThan(0);
  });
});

test('a page that cannot be shown at all says so in place of itself', async ({ page }) => {
  // What the whole page follows, and no room of it alone.
  await page.addInitScript(() => Reflect.deleteProperty(window, 'matchMedia'));
  await page.goto(HERE);
  await expect(page.getByRole('alert')).toContainText(/This page could not be shown.*matchMedia/s, {
    timeout: SOON,
  });
});

test.describe('the page works, as far as it can,', () => {
  test('where a chunk of the engine fails once', async ({ page }) => {
    await page.route(/assets\/backend-.*\.js/, failFirst(1));
    await page.goto(HERE);
    await expect(chip(page)).toHaveText(/Training|Stopped/, { timeout: 40_000 });
    const stopped = (await chip(page).textContent()) === 'Stopped';
    if (stopped) await page.getByRole('button', { name: 'Start again' }).first().click();
    await expect(chip(page)).toHaveText('Training');
  });

  test('where there are no workers', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
    await open(page, HERE);
    expect((await steps(page, 20)).step).toBeGreaterThanOrEqual(20);
    await expect(page.getByRole('status').filter({ hasText: 'No worker could be started' })).toBeVisible();
  });

  test('where a worker throws as it is made', async ({ page }) => {
    await page.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new DOMException('no workers here', 'SecurityError');
        }
      } as unknown as typeof Worker;
    });
    await open(page, HERE);
    expect((await steps(page, 20)).step).toBeGreaterThanOrEqual(20);
  });

  test('where the ready-made weights never come', async ({ page }) => {
    await page.route(/pretrained/, () => {});
    await open(page, '/?n=50&T=20');
    await expect(chip(page)).toHaveAttribute('data-phase', /training|converged/, { timeout: SOON });
  });

  test('without ResizeObserver and IntersectionObserver', async ({ page }) => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'ResizeObserver');
      Reflect.deleteProperty(window, 'IntersectionObserver');
    });
    await open(page, HERE);
    const width = await page
      .locator('.stage canvas')
      .first()
      .evaluate((canvas) => (canvas as HTMLCanvasElement).width);
    expect(width).toBeGreaterThan(100);
    await expect(page.locator('.failed-room')).toHaveCount(0);
  });

  test('without 2D canvases: each stage says so, and everything else is there', async ({ page }) => {
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await open(page, HERE);
    await expect(page.locator('.failed-room.stage')).toHaveCount(3);
    await expect(page.locator('.failed-room.stage').first()).toContainText(
      /Stage 1 could not be shown.*canvas/s,
    );
    expect((await steps(page, 5)).step).toBeGreaterThan(0);
    await expect(page.getByRole('tab', { name: 'Noise' })).toBeVisible();
  });

  test('where storage is blocked', async ({ page }) => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('storage is blocked', 'SecurityError');
          },
        });
      }
    });
    await open(page, HERE);
    expect((await steps(page, 5)).step).toBeGreaterThan(0);
    await expect(page.locator('.failed-room')).toHaveCount(0);

    // Own data too large for a link are used all the same, and nobody is told that they are kept.
    const imported = await page.evaluate(() => {
      const rows = Array.from({ length: 2000 }, (_, i) => `${Math.sin(i + 0.5)},${Math.cos(3 * i)}`);
      return window.diffusionPlayground.importPoints(rows.join('\n'));
    });
    expect(imported.used).toBe(2000);
    await expect(page.getByRole('status').filter({ hasText: 'keeps no data for this page' })).toBeVisible();
    await page.getByRole('button', { name: 'Share or embed' }).click();
    await expect(page.getByRole('dialog')).toContainText('opens nowhere once the page is closed');
  });

  test('at an address whose path begins with two slashes', async ({ page, baseURL }) => {
    await page.goto(`${baseURL}//${HERE.slice(1)}`);
    await expect(chip(page)).toHaveText('Training');
    await page.evaluate(() => window.diffusionPlayground.configure({ dataset: 'moons' }));
    await expect.poll(() => page.url()).toContain('d=moons');
    expect(new URL(page.url()).pathname).toBe('//');
  });

  test('where there is no clipboard: the link is selected, to be copied by hand', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
      document.execCommand = () => false;
    });
    await open(page, HERE);
    await page.getByRole('button', { name: 'Share or embed' }).click();
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await expect(page.getByText('The text is selected: press Ctrl+C')).toBeVisible();
    expect(
      await page.evaluate(() => getSelection()?.toString() || document.activeElement?.tagName),
    ).toBeTruthy();
    const selected = await page.evaluate(() => {
      const field = document.activeElement as HTMLInputElement;
      return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
    });
    expect(selected).toContain('http');
  });
});

test.describe('offline after loading', () => {
  test('another engine that cannot be loaded is told of, and the present one goes on', async ({
    page,
    context,
  }) => {
    await open(page, link({ ...TINY, backend: 'simd', panel: 'model', time: 0.5 }));
    await context.setOffline(true);
    await page.getByRole('combobox', { name: 'Computes on' }).selectOption('cpu');
    const notice = page.getByRole('status').filter({ hasText: 'could not be used' });
    await expect(notice).toContainText(/offline.*SIMD WebAssembly will do the work/s);
    expect((await steps(page, 3)).step).toBeGreaterThan(0);
    await context.setOffline(false);
    await page.getByRole('combobox', { name: 'Computes on' }).selectOption('wasm');
    await expect(page.locator('.engine-chip')).toHaveText('tfjs WebAssembly');
    await expect(notice).toHaveCount(0);
  });
});

test.describe('a lost worker', () => {
  test('that loops is noticed, and another brings the notice to its end', async ({ page }) => {
    await open(page, HERE);
    await page.workers()[0]!.evaluate(
      () =>
        void setTimeout(() => {
          for (;;);
        }),
    );
    const notice = page.getByRole('status').filter({ hasText: 'has not answered' });
    await expect(notice).toBeVisible({ timeout: SOON });
    await notice.getByRole('button', { name: 'Start again' }).click();
    await expect(chip(page)).toHaveText('Training');
    await expect(notice).toHaveCount(0);
  });

  test('that was only busy is forgiven without a trace', async ({ page }) => {
    await open(page, HERE);
    await page.workers()[0]!.evaluate(() => {
      const until = performance.now() + 6000;
      while (performance.now() < until);
    });
    await expect(page.getByRole('status').filter({ hasText: 'has not answered' })).toHaveCount(0);
    expect((await steps(page, 3)).step).toBeGreaterThan(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('an embed in a sandbox', () => {
  let server: Server;
  let address = '';

  test.beforeAll(async ({ baseURL }) => {
    const inner = `${baseURL}/${HERE.slice(1)}&embed`;
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = join(dist, path);
      if (path !== '/' && existsSync(file) && statSync(file).isFile()) {
        const types: Record<string, string> = {
          '.js': 'text/javascript',
          '.css': 'text/css',
          '.html': 'text/html',
        };
        response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
        response.setHeader('Access-Control-Allow-Origin', '*');
        createReadStream(file).pipe(response);
        return;
      }
      response.setHeader('Content-Type', 'text/html');
      response.end(
        `<iframe sandbox="allow-scripts" width="900" height="500" src="${path === '/own' ? inner : `/index.html?${inner.split('?')[1]}`}"></iframe>`,
      );
    });
    await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
    const bound = server.address();
    address = typeof bound === 'object' && bound ? `http://localhost:${bound.port}` : '';
  });
  test.afterAll(() => new Promise((closed) => server.close(closed)));

  for (const [name, path] of [
    ['of a host like GitHub Pages', '/'],
    ['of the preview server', '/own'],
  ] as const) {
    test(`${name} trains`, async ({ page }) => {
      await page.goto(address + path);
      const frame = page.frameLocator('iframe');
      await expect(frame.getByRole('button', { name: 'Pause training' })).toBeVisible({ timeout: 30_000 });
      await expect(frame.locator('.embed-footer')).toContainText(/step [1-9]/);
    });
  }
});

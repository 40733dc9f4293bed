import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/process.mjs';

const PAGE = 'bench/lib/pages.html';

/**
 * Opens a page that has nothing but modules of the engine, built like everything else.
 * @param file of the folder pages, without `.ts`
 * @param body gets `call(name, ...args)`, which calls one of the file's functions in the page, and the same in a worker
 */
export async function withModulePage({ browser }, file, body) {
  const { build, preview } = await import('vite');
  const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  const outDir = join(folder, 'dist');
  try {
    await build({
      root,
      logLevel: 'error',
      publicDir: false,
      build: { outDir, rolldownOptions: { input: PAGE } },
    });
    const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
    try {
      const page = await browser.newPage();
      await page.goto(new URL(PAGE, server.resolvedUrls.local[0]).href);
      return await body(
        (name, ...args) => page.evaluate((call) => window.callOnPage(call), [file, name, args]),
        (name, ...args) => page.evaluate((call) => window.callInWorker(call), [file, name, args]),
      );
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

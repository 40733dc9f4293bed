import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { build, preview } from 'vite';

/**
 * Builds a page of modules before the tests of a file and serves it until they are over.
 * @param page the page's path from the project's root
 * @returns its address, once the tests run
 */
export function servedHarness(page: string): () => string {
  let address = '';
  let end = async () => {};

  test.beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'harness-'));
    const outDir = join(folder, 'dist');
    await build({
      logLevel: 'error',
      publicDir: false,
      build: { outDir, rolldownOptions: { input: page } },
    });
    const server = await preview({
      logLevel: 'error',
      build: { outDir },
      preview: { host: 'localhost', port: 0 },
    });
    address = new URL(page, server.resolvedUrls!.local[0]).href;
    end = async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    };
  });
  test.afterAll(() => end());
  return () => address;
}

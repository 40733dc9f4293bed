import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type InlineConfig, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISOLATION_HEADERS, isolation } from '../../scripts/lib/isolation.ts';

/** A site as it is built, which also serves as sources: a page, a hashed file, a file without a hash. */
const root = mkdtempSync(join(tmpdir(), 'isolation-'));
const options: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'silent',
  plugins: [isolation()],
  build: { outDir: 'dist' },
};
const servers: Record<string, { origin: string; close(): Promise<unknown> }> = {};

beforeAll(async () => {
  for (const folder of ['.', 'dist', 'dist/assets']) mkdirSync(join(root, folder), { recursive: true });
  for (const folder of ['.', 'dist']) {
    writeFileSync(join(root, folder, 'index.html'), '<!doctype html><title>Page</title>');
    writeFileSync(join(root, folder, 'worker.js'), 'self.postMessage(1);');
  }
  writeFileSync(join(root, 'dist/assets/worker-abc123.js'), 'self.postMessage(1);');
  const previewed = await preview({ ...options, preview: { port: 0, host: 'localhost' } });
  const developed = await createServer({ ...options, server: { port: 0, host: 'localhost', ws: false } });
  await developed.listen();
  const port = (server: { address(): unknown } | null) => (server!.address() as AddressInfo).port;
  servers.preview = {
    origin: `http://localhost:${port(previewed.httpServer)}`,
    close: () => previewed.close(),
  };
  servers.dev = { origin: `http://localhost:${port(developed.httpServer)}`, close: () => developed.close() };
});

afterAll(async () => {
  for (const { close } of Object.values(servers)) await close();
  rmSync(root, { recursive: true, force: true });
});

function missing({ headers }: Response): string[] {
  return Object.entries(ISOLATION_HEADERS).flatMap(([name, value]) =>
    headers.get(name) === value ? [] : [`${name}: ${headers.get(name)}`],
  );
}

describe.each(['preview', 'dev'])('%s', (name) => {
  test.each(['/', '/worker.js', '/nothing.js'])('every answer to %s is isolated', async (path) => {
    expect(missing(await fetch(servers[name]!.origin + path))).toEqual([]);
  });

  test.each(['/', '/worker.js'])('so is "304 Not Modified" for %s', async (path) => {
    const address = servers[name]!.origin + path;
    const etag = (await fetch(address)).headers.get('etag');
    const again = await fetch(address, { headers: { 'if-none-match': etag! } });
    expect(again.status).toBe(304);
    expect(missing(again)).toEqual([]);
  });
});

test.each([
  ['/assets/worker-abc123.js', 'public, max-age=31536000, immutable'],
  ['/worker.js', 'no-cache'],
  ['/assets/worker-of-yesterday.js', null],
])('%s may be kept: %s', async (path, expected) => {
  const { headers } = await fetch(servers.preview!.origin + path);
  const kept = headers.get('cache-control');
  if (expected === null) expect(kept ?? '').not.toContain('immutable');
  else expect(kept).toBe(expected);
});

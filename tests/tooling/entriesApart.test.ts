import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { afterEach, expect, test } from 'vitest';
import { entriesApart, importedEntries, sharedNames } from '../../scripts/lib/entriesApart.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A page with a worker; both load a part late that needs something of what came first. */
const SITE = {
  'index.html': '<script type="module" src="/main.ts"></script>',
  'main.ts': `import { shared } from './shared.ts';
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    import('./late.ts').then(({ late }) => { document.title = late + shared; });`,
  'worker.ts': `import { shared } from './shared.ts';
    self.onmessage = () => import('./late.ts').then(({ late }) => self.postMessage(late + shared));`,
  'shared.ts': `export const shared = String(Math.random());`,
  'late.ts': `import { shared } from './shared.ts';
    export const late = 'late ' + shared;`,
};

/** The chunks of the page and, by a plugin of workers, of the worker. */
async function built(files: Record<string, string>, apart: boolean): Promise<Rolldown.OutputChunk[]> {
  const root = mkdtempSync(join(tmpdir(), 'entries-apart-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const chunks: Rolldown.OutputChunk[] = [];
  const plugins = () => [
    ...(apart ? [entriesApart()] : []),
    {
      name: 'collect',
      generateBundle(_: unknown, bundle: Rolldown.OutputBundle) {
        for (const output of Object.values(bundle)) if (output.type === 'chunk') chunks.push(output);
      },
    },
  ];
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: plugins(),
    worker: { format: 'es', plugins },
    build: { write: false },
  });
  return chunks;
}

test('no chunk imports an entry: neither the page nor its worker', async () => {
  const chunks = await built(SITE, true);
  expect(chunks.filter(({ isEntry }) => isEntry)).toHaveLength(2);
  expect(chunks.some(({ code }) => code.includes('late '))).toBe(true);
  expect(importedEntries(chunks)).toEqual([]);
});

test('without the plugin both entries are imported, and the check sees it', async () => {
  const found = importedEntries(await built(SITE, false));
  expect(found).toHaveLength(2);
  expect(found.join()).toMatch(/late-.*imports .*worker-.*entry/);
});

test.each(['main.ts', 'worker.ts'])('a part that imports %s itself fails the build', async (entry) => {
  const wrong = {
    ...SITE,
    [entry]: `${SITE[entry as keyof typeof SITE]}\nexport const own = 'entry';`,
    'late.ts': `import { own } from './${entry}';\nexport const late = 'late ' + own;`,
  };
  await expect(built(wrong, true)).rejects.toThrow(/imports .*, which is an entry/);
});

test('modules go by the entries that load them at their start, however they come to them', () => {
  const imports: Record<string, string[]> = {
    '/index.html': ['/main.ts'],
    '/main.ts': ['/page.ts', '/ui.ts'],
    '/page.ts': ['/ui.ts', '/page.ts'],
    '/bench.html': ['/bench.tsx'],
    '/bench.tsx': ['/ui.ts'],
    '/ui.ts': [],
  };
  const names = sharedNames(['/index.html', '/bench.html'], (id) => ({ importedIds: imports[id]! }));
  expect(Object.fromEntries(names)).toEqual({
    '/main.ts': 'index',
    '/page.ts': 'index',
    '/bench.tsx': 'bench',
    '/ui.ts': 'bench-index',
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');

interface Related {
  relatedTests(folder: string, changed: readonly string[]): Map<string, number>;
  testsWithin(distances: Map<string, number>, seconds: Map<string, number>, budget: number): string[];
}
const script = new URL('../../scripts/lib/relatedTests.mjs', import.meta.url).href;
const { relatedTests, testsWithin }: Related = await import(script);

/** A small repository in which everything is right. */
const FILES: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\n',
  'bench/none.ts': 'export const none = [];\n',
  'src/core/half.ts': 'export const half = (x: number): number => x / 2;\n',
  'src/core/quarter.ts':
    "import { half } from './half.ts';\n\nexport const quarter = (x: number): number => half(half(x));\n",
  'tests/core/half.test.ts': testOf('half', 2, 1),
  'tests/core/quarter.test.ts': testOf('quarter', 4, 1),
  'tests/core/other.test.ts':
    "import { expect, it } from 'vitest';\n\nit('fails', () => expect(1).toBe(2));\n",
};
const COPIED = [
  'scripts',
  'package.json',
  'biome.json',
  'vitest.config.ts',
  '.dependency-cruiser.cjs',
] as const;

function testOf(name: string, given: number, wanted: number): string {
  return [
    "import { expect, it } from 'vitest';",
    `import { ${name} } from '../../src/core/${name}.ts';`,
    '',
    `it('is right', () => expect(${name}(${given})).toBe(${wanted}));`,
    '',
  ].join('\n');
}

let folder = '';

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e', ...args], { cwd: folder, stdio: 'ignore' });
}

/** Packages are the repository's; what tools keep is not. */
function linkPackages(): void {
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (['.cache', '.vite', '.vite-temp', '.vitest'].includes(name)) continue;
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  for (const name of COPIED) cpSync(join(repository, name), join(folder, name), { recursive: true });
  for (const [file, text] of Object.entries(FILES)) write(file, text);
  // The scripts' own types are of no interest here, and what they import is not there.
  const config = readFileSync(join(repository, 'tsconfig.json'), 'utf8');
  const own = config
    .replace(/"types": .*/, '"types": ["node"],')
    .replace(/"include": .*/, '"include": ["src", "tests"]');
  write('tsconfig.json', own);
  linkPackages();
  git('init');
  git('add', '-A');
  git('commit', '-m', 'Begin');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm run check` says with some files as they should not be. */
function checkWith(planted: Readonly<Record<string, string>>): { status: number | null; stdout: string } {
  for (const [file, text] of Object.entries(planted)) write(file, text);
  const { status, stdout } = spawnSync(process.execPath, ['scripts/run.cjs', 'check'], {
    cwd: folder,
    encoding: 'utf8',
  });
  git('clean', '-fd');
  git('checkout', '.');
  return { status, stdout };
}

const HALF = FILES['src/core/half.ts']!;

describe('npm run check', { timeout: 120_000 }, () => {
  it.each([
    ['a formatting error', 'lint FAILED', { 'src/core/half.ts': HALF.replace('= (', '=(') }],
    [
      'an import that climbs back up',
      'imports FAILED',
      {
        'src/core/half.ts': `import '../store/store.ts';\n\n${HALF}`,
        'src/store/store.ts': 'export const one = 1;\n',
      },
    ],
    [
      'a type error in what imports the change',
      'src/core/quarter.ts(3,52): error TS2345',
      { 'src/core/half.ts': HALF.replace('x: number', 'x: string').replace('x / 2', 'x.length') },
    ],
    [
      'a failing test, and no type error from before',
      'types and tests FAILED',
      { 'src/core/half.ts': HALF.replace('/ 2', '/ 3') },
    ],
  ] as const)('finds %s', (what, said, planted) => {
    const { status, stdout } = checkWith(planted);
    expect(stdout).toContain(said);
    expect(stdout.includes('error TS')).toBe(what.startsWith('a type error'));
    expect(status).toBe(1);
  });

  it('passes where all is well, and does not run what has not changed', () => {
    const { status, stdout } = checkWith({ 'src/core/half.ts': `/** Of a number. */\n${HALF}` });
    expect(stdout).toContain('2 test files; 0 more');
    expect(stdout).toContain('lint ok, imports ok, types and tests ok');
    expect(status).toBe(0);
  });
});

describe('the tests of a change', () => {
  it('are those that read it, through others too, nearest first', () => {
    expect([...relatedTests(folder, ['src/core/half.ts'])]).toEqual([
      ['tests/core/half.test.ts', 1],
      ['tests/core/quarter.test.ts', 2],
    ]);
    expect([...relatedTests(folder, ['tests/core/other.test.ts', 'README.md'])]).toEqual([
      ['tests/core/other.test.ts', 0],
    ]);
  });

  it('of this repository are found through lazy imports, workers and AssemblyScript', () => {
    const found = relatedTests(repository, ['src/backends/simd/kernel/adam.as']);
    expect(found.has('tests/backends/simdTrainer.test.ts')).toBe(true);
    expect(found.has('tests/core/rng.test.ts')).toBe(false);
  });

  it('are as many as fit into the time, the nearest whatever it takes, of equally near ones the shortest', () => {
    const distances = new Map([
      ['far', 3],
      ['long', 1],
      ['short', 1],
    ]);
    const seconds = new Map([
      ['far', 1],
      ['long', 8],
      ['short', 1],
    ]);
    expect(testsWithin(distances, seconds, 20)).toEqual(['short', 'long', 'far']);
    expect(testsWithin(distances, seconds, 12)).toEqual(['short', 'long']);
    expect(testsWithin(distances, seconds, 1)).toEqual(['short']);
    expect(testsWithin(new Map(), seconds, 1)).toEqual([]);
  });
});

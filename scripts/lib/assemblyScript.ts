import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CACHE = join(root, 'node_modules/.cache/assemblyscript');

/**
 * `import base64 from './folder/index.as?simd'`: the folder's AssemblyScript compiled with these features;
 * `?simd-shared` for a memory that threads share.
 */
const REQUEST = /^(.*\/index\.as)\?(scalar|simd|relaxed)(-shared)?$/;

const FEATURES: Readonly<Record<string, readonly string[]>> = {
  scalar: [],
  simd: ['--enable', 'simd'],
  relaxed: ['--enable', 'simd', '--enable', 'relaxed-simd'],
};

/** The host says how large the memory may grow; the module only has to name a limit that is no lower. */
const SHARED = '--enable threads --sharedMemory --maximumMemory 65536'.split(' ');

const FLAGS = '-O3 --noAssert --runtime stub --importMemory --initialMemory 0 --use abort='.split(' ');

/**
 * Compiles AssemblyScript that is imported with the name of a variant, and hands it out as base64 text, which needs no
 * fetch and no address: it is the same in the build, in development, in tests and in Node.
 */
export function assemblyScript(): Plugin {
  return {
    name: 'assemblyscript',
    async load(id) {
      const [, entry, variant, shared] = REQUEST.exec(id) ?? [];
      if (!entry || !variant) return null;
      const sources = readSources(dirname(entry));
      for (const { path } of sources.values()) this.addWatchFile(path);
      const binary = await compiled(sources, [...FLAGS, ...FEATURES[variant]!, ...(shared ? SHARED : [])]);
      return `export default ${JSON.stringify(binary.toString('base64'))};`;
    },
  };
}

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Every .as file of a folder under the name that the compiler asks for. */
function readSources(folder: string): ReadonlyMap<string, Source> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.as'));
  return new Map(
    files.sort().map((file) => {
      const path = join(folder, file);
      return [file.replace(/\.as$/, '.ts'), { path, text: readFileSync(path, 'utf8') }];
    }),
  );
}

/** The binary from the cache, or compiled into it. */
async function compiled(sources: ReadonlyMap<string, Source>, flags: readonly string[]): Promise<Buffer> {
  const hash = createHash('sha256').update(JSON.stringify([compilerVersion(), flags, [...sources]]));
  const file = join(CACHE, `${hash.digest('hex')}.wasm`);
  try {
    return readFileSync(file);
  } catch {
    const binary = await compile(sources, flags);
    mkdirSync(CACHE, { recursive: true });
    // Another process may read it at any moment, so it appears all at once.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, binary);
    renameSync(draft, file);
    return binary;
  }
}

function compilerVersion(): string {
  return readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8');
}

async function compile(sources: ReadonlyMap<string, Source>, flags: readonly string[]): Promise<Buffer> {
  // Loaded only when something must be compiled: the compiler is large.
  const { default: asc } = await import('assemblyscript/asc');
  const written = new Map<string, string | Uint8Array>();
  const complaints: string[] = [];
  const { error } = await asc.main(['index.ts', '--outFile', 'index.wasm', ...flags], {
    readFile: (name) => sources.get(name)?.text ?? null,
    writeFile: (name, contents) => void written.set(name, contents),
    listFiles: () => [],
    stdout: { write() {} },
    stderr: { write: (text: string | Uint8Array) => void complaints.push(String(text)) },
  });
  const binary = written.get('index.wasm');
  if (error || !(binary instanceof Uint8Array)) throw new Error(`AssemblyScript: ${complaints.join('')}`);
  return Buffer.from(binary);
}

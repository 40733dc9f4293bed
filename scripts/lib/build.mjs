import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Advice, root, runBin } from './process.mjs';

/** What `vite build` reads. */
const SOURCES = [
  'src',
  'public',
  'index.html',
  'bench.html',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** Latest change below a path, folders included: a deleted file changes its folder. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return Number.NEGATIVE_INFINITY;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export function isBuilt() {
  const built = newest(join(root, 'dist', 'index.html'));
  return SOURCES.every((source) => newest(join(root, source)) <= built);
}

export function build() {
  return runBin('vite', 'vite', ['build', '--logLevel', 'warn']);
}

/** Builds when dist is absent or older than the sources. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  console.log('Building …');
  if ((await build()) !== 0)
    throw new Advice(
      'The build failed (see above).',
      'On an unchanged clone this is a bug: please report it.',
    );
}

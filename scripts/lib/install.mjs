import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Advice, root, run } from './process.mjs';

const modified = (path) =>
  statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;

/** npm writes `node_modules/.package-lock.json` last: a missing one means no, or an interrupted, installation. */
export function isInstalled() {
  return modified('node_modules/.package-lock.json') >= modified('package-lock.json');
}

/** `npm ci` when node_modules is absent or older than package-lock.json. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await run('npm', args, { shell: process.platform === 'win32' }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Advice('npm was not found.', 'It comes with Node: install Node from https://nodejs.org.');
  });
  if (code !== 0)
    throw new Advice('npm ci failed (see above).', 'Check the network connection and run the command again.');
}

import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** An error that a person can act on: printed as one sentence, without a stack. */
export class Advice extends Error {
  constructor(message, advice) {
    super(message);
    this.advice = advice;
  }
}

/**
 * Runs a program in the repository and waits for it.
 * @param options of `spawn`; output goes to the terminal unless `stdio` says otherwise
 * @returns its exit code (1 when a signal ended it)
 * @throws {NodeJS.ErrnoException} ENOENT when there is no such program
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** What a program prints. @throws Advice when it fails, or is not there */
export function output(command, args) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: root, maxBuffer: 2 ** 24 }, (error, stdout) => {
      if (error)
        reject(
          new Advice(`${command} ${args[0]} failed: ${error.message.trim()}.`, 'npm test does without.'),
        );
      else resolve(stdout);
    });
  });
}

/** Runs a command of an installed package with this very Node: no shell, no shims, the same on every system. */
export function runBin(packageName, binName, args, options) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return run(
    process.execPath,
    [join(folder, typeof bin === 'string' ? bin : bin[binName]), ...args],
    options,
  );
}

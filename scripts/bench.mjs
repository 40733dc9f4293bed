import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { CHROMIUM_ARGS, ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Advice, root } from './lib/process.mjs';

/**
 * bench/<name>.mjs, each exporting `title` and `measure(lab)`, and `onlyWhenNamed` where it takes many minutes; files
 * in its lib folder are shared.
 */
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace('.mjs', ''));

const load = (name) => import(pathToFileURL(join(root, 'bench', `${name}.mjs`)).href);

/** @throws Advice when there is no benchmark of a name */
function requireKnown(wanted) {
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown) throw new Advice(`There is no benchmark "${unknown}".`, `There are: ${names.join(', ')}.`);
}

/** The benchmarks wanted, or all but the slow ones. */
async function chosen(wanted) {
  if (wanted.length > 0) return Promise.all(wanted.map(load));
  const slow = [];
  const quick = [];
  for (const name of names) {
    const benchmark = await load(name);
    if (benchmark.onlyWhenNamed) slow.push(name);
    else quick.push(benchmark);
  }
  console.log(`Slow ones run only when named: npm run bench ${slow.join(' ')}`);
  return quick;
}

/** Prints rows of equal keys as a Markdown table. */
function printTable(title, rows) {
  const keys = Object.keys(rows[0]);
  const cells = [keys, ...rows.map((row) => keys.map((key) => String(row[key])))];
  const widths = keys.map((_, column) => Math.max(3, ...cells.map((line) => line[column].length)));
  const format = (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  console.log(`\n### ${title}\n`);
  console.log(format(cells[0]));
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  for (const line of cells.slice(1)) console.log(format(line));
}

/** Runs one benchmark and prints its table, or why there is none. @returns whether there is */
async function runOne({ title, measure }, lab) {
  try {
    printTable(title, await measure(lab));
    return true;
  } catch (error) {
    console.error(`\n### ${title}\n\nNot measured: ${error.message}`);
    return false;
  }
}

/**
 * `npm run bench [name …]`: measures the production build in headless Chromium and prints one table per benchmark,
 * without names of all but those that take many minutes.
 * DIST in the environment names another build than dist, which is then measured as it is.
 */
export async function main(wanted) {
  requireKnown(wanted);
  await ensureInstalled();
  const benchmarks = await chosen(wanted);
  const dist = process.env.DIST ?? join(root, 'dist');
  if (!process.env.DIST) await ensureBuilt();
  const executablePath = await ensureChromium();
  const [{ preview }, { chromium }] = await Promise.all([import('vite'), import('@playwright/test')]);
  const server = await preview({
    root,
    logLevel: 'warn',
    build: { outDir: dist },
    preview: { host: 'localhost', port: 4373 },
  });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  console.log(
    `Chromium ${browser.version()}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}`,
  );
  try {
    const lab = { browser, address: server.resolvedUrls.local[0], dist };
    let failed = 0;
    for (const benchmark of benchmarks) if (!(await runOne(benchmark, lab))) failed += 1;
    return failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.close();
  }
}

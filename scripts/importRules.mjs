import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root } from './lib/process.mjs';

const IMPORT = /^\s*(?:import|export)\s[^'"]*from\s*['"]|^\s*import\s*['"]/m;

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * What the cruiser did not really read. A checker whose parser fails finds no imports, hence no violations: it would
 * pass for the wrong reason, so every source file must be among its modules, and with imports if its text has any.
 */
function unread(files, modules) {
  const imports = new Map(modules.map((module) => [module.source, module.dependencies.length]));
  return files.filter((file) => {
    const count = imports.get(file.split('\\').join('/'));
    return count === undefined || (count === 0 && IMPORT.test(readFileSync(file, 'utf8')));
  });
}

/**
 * Checks the imports below `src` of a folder against .dependency-cruiser.cjs.
 * @param args [folder], the repository by default
 * @returns 0, or 1 when a rule is broken or a file was not read
 */
export async function main([folder = root] = []) {
  const { cruise } = await import('dependency-cruiser');
  const { default: extractOptions } = await import('dependency-cruiser/config-utl/extract-depcruise-options');
  const options = await extractOptions(join(root, '.dependency-cruiser.cjs'));
  // The cruiser's paths, and so the rules, are relative to the working directory.
  process.chdir(resolve(folder));

  const files = sourceFiles('src').map((file) => relative('.', file));
  if (files.length === 0) {
    console.error('Import rules: no source files were read.');
    return 1;
  }
  const { output } = await cruise(['src'], { ...options, outputType: 'json' });
  const { modules, summary } = JSON.parse(output);

  const missed = unread(files, modules);
  for (const file of missed) console.error(`Import rules: ${file} was not read, or its imports were not.`);
  for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
  if (missed.length > 0 || summary.violations.length > 0) return 1;

  const imports = modules.reduce((sum, module) => sum + module.dependencies.length, 0);
  console.log(`${files.length} files, ${imports} imports, all within the rules.`);
  return 0;
}

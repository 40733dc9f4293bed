import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CODE = /\.(tsx?|mjs|cjs|as)$/;
const TEST = /^tests\/(?!browsers?\/).*\.test\.tsx?$/;
/** What a file names by a relative path: imports, re-exports, lazy imports and workers. */
const NAMED = /(?:\bfrom|\bimport|\bnew URL)\s*\(?\s*['"](\.[^'"?]+)/g;
/** AssemblyScript names its files without their ending. */
const ENDINGS = ['', '.ts', '.as'];

/**
 * The unit tests that read a file, directly or through others. What a test reads by other ways than imports is not seen.
 * @param folder the repository
 * @param changed files in it, with forward slashes
 * @returns paths of test files → imports between them and the nearest of the changed files; nearest first
 */
export function relatedTests(folder, changed) {
  const importers = importersIn(folder);
  const distances = new Map();
  let reached = changed.filter((file) => importers.has(file));
  for (let distance = 0; reached.length > 0; distance++) {
    for (const file of reached) distances.set(file, distance);
    const next = new Set(reached.flatMap((file) => [...importers.get(file)]));
    reached = [...next].filter((file) => !distances.has(file));
  }
  return new Map([...distances].filter(([file]) => TEST.test(file)));
}

/** Each file of code → the files that import it. */
function importersIn(folder) {
  const files = ['src', 'tests', 'scripts', 'bench'].flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && CODE.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  const importers = new Map(files.map((file) => [file, new Set()]));
  for (const file of files) {
    for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(NAMED)) {
      const path = join(dirname(file), name).replaceAll('\\', '/');
      for (const ending of ENDINGS) importers.get(path + ending)?.add(file);
    }
  }
  return importers;
}

/** What a test costs beside its own time, and a test whose time is not known, in seconds. */
const START = 1;
const UNKNOWN = 2;

/**
 * The tests that fit into a time: the nearest first, of equally near ones the shortest.
 * @param distances test files → distance
 * @param seconds test files → how long they took the last time
 * @param budget in seconds of one core; the first test is chosen whatever it takes
 */
export function testsWithin(distances, seconds, budget) {
  const cost = (file) => START + (seconds.get(file) ?? UNKNOWN);
  const order = [...distances].sort(([a, near], [b, far]) => near - far || cost(a) - cost(b));
  const chosen = [];
  let sum = 0;
  for (const [file] of order) {
    sum += cost(file);
    if (sum > budget && chosen.length > 0) break;
    chosen.push(file);
  }
  return chosen;
}

/** How long each test file took when vitest last ran it, seconds: from vitest's own cache, empty where there is none. */
export function knownSeconds(folder) {
  const cache = join(folder, 'node_modules/.vite/vitest');
  const seconds = new Map();
  let runs = [];
  try {
    runs = readdirSync(cache);
  } catch {
    return seconds; // No test has been run here.
  }
  for (const run of runs) {
    try {
      const { results } = JSON.parse(readFileSync(join(cache, run, 'results.json'), 'utf8'));
      for (const [name, { duration }] of results) seconds.set(name.replace(/^[^:]*:/, ''), duration / 1000);
    } catch {
      // Another version's: its times are unknown.
    }
  }
  return seconds;
}

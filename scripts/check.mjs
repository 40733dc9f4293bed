import { ensureInstalled } from './lib/install.mjs';
import { LONG_TESTS } from './lib/longTests.mjs';
import { runBin } from './lib/process.mjs';
import { check, imports, lint, runStages, seconds } from './lib/stages.mjs';

/** Where the compiler keeps what it knows of files that have not changed. */
const TYPES_KNOWN = 'node_modules/.cache/types.tsbuildinfo';

/** In the order in which they run: cheapest first. */
const STAGES = {
  lint,
  imports,
  types: {
    title: 'Types',
    run: check(() =>
      runBin('typescript', 'tsc', ['-p', '.', '--noEmit', '--incremental', '--tsBuildInfoFile', TYPES_KNOWN]),
    ),
  },
  tests: { title: 'Unit tests that read what has changed since the last commit', run: check(changedTests) },
};

/** Vitest says so itself, and passes, when there are none. */
function changedTests() {
  console.log(`Long ones are left to npm test: ${LONG_TESTS.join(', ')}.`);
  const leftOut = LONG_TESTS.map((file) => `--exclude=${file}`);
  return runBin('vitest', 'vitest', ['run', '--changed', '--reporter=dot', ...leftOut]);
}

/** `npm run check`: what can be known within seconds of a change; `npm test` is everything. */
export async function main() {
  await ensureInstalled();
  const start = performance.now();
  const { counts, summary } = await runStages(Object.entries(STAGES));
  console.log(`\n${summary}; ${seconds(start)} in all`);
  return counts.failed === 0 ? 0 : 1;
}

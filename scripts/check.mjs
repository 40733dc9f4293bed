import { ensureInstalled } from './lib/install.mjs';
import { LONG_TESTS } from './lib/longTests.mjs';
import { output, root, runBin } from './lib/process.mjs';
import { knownSeconds, relatedTests, testsWithin } from './lib/relatedTests.mjs';
import { check, imports, lint, runStages, seconds, sideBySide, types } from './lib/stages.mjs';

/** Seconds of one core that tests may take. */
const BUDGET = 12;

/** In the order in which they run: cheapest first, and the two long ones side by side. */
const STAGES = {
  lint,
  imports,
  'types and tests': {
    title: 'Types, and the unit tests nearest to what has changed since the last commit',
    run: sideBySide(types.run, check(nearestTests)),
  },
};

async function nearestTests() {
  const distances = relatedTests(root, await changedFiles());
  for (const file of LONG_TESTS) distances.delete(file);
  const chosen = testsWithin(distances, knownSeconds(root), BUDGET);
  const left = distances.size - chosen.length;
  console.log(
    `${chosen.length} test files; ${left} more read it, and are left to npm test, as the long ones are.`,
  );
  return chosen.length === 0
    ? 0
    : runBin('vitest', 'vitest', ['run', '--bail=1', '--reporter=dot', ...chosen]);
}

/** Since the last commit, new files too. @throws Advice where git does not know */
async function changedFiles() {
  const lists = await Promise.all([
    output('git', ['diff', '--name-only', '--relative', 'HEAD']),
    output('git', ['ls-files', '--others', '--exclude-standard']),
  ]);
  return lists.flatMap((list) => list.split('\n')).filter((file) => file !== '');
}

/** `npm run check`: what can be known within seconds of a change; `npm test` is everything. */
export async function main() {
  await ensureInstalled();
  const start = performance.now();
  const { counts, summary } = await runStages(Object.entries(STAGES));
  console.log(`\n${summary}; ${seconds(start)} in all`);
  return counts.failed === 0 ? 0 : 1;
}

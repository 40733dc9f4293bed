import { run, runBin } from './process.mjs';

export const NO_TESTS = { passed: 0, failed: 0 };

/** A check without counts of its own: it says nothing when it passes, and is one failure when it does not. */
export const check = (body) => async () => ((await body()) === 0 ? NO_TESTS : { passed: 0, failed: 1 });

/** Formatting and lint; nothing is changed. */
export const lint = {
  title: 'Format and lint',
  run: check(() =>
    runBin('@biomejs/biome', 'biome', ['ci', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.']),
  ),
};

export const imports = {
  title: 'Import rules',
  run: check(() => run(process.execPath, ['scripts/run.cjs', 'importRules'])),
};

/** Types: what the compiler knows of an earlier run, it keeps in node_modules/.cache. */
export const types = { title: 'Types', run: check(() => runBin('typescript', 'tsc', ['-b'])) };

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs side by side, whose counts are summed. */
export const sideBySide =
  (...runs) =>
  async (folder) => {
    const counts = await Promise.all(runs.map((run) => run(folder)));
    const sum = (name) => counts.reduce((total, { [name]: count }) => total + count, 0);
    return { passed: sum('passed'), failed: sum('failed') };
  };

/**
 * Runs stages until one fails.
 * @param stages [name, stage] in order; a stage gets `folder` for its report and returns counts
 * @returns their summed counts and a summary line
 */
export async function runStages(stages, folder) {
  const counts = { ...NO_TESTS };
  const summary = [];
  for (const [name, stage] of stages) {
    console.log(`\n── ${stage.title} ──`);
    const start = performance.now();
    const { passed, failed } = await stage.run(folder);
    console.log(`── ${stage.title}: ${failed === 0 ? 'ok' : 'FAILED'} in ${seconds(start)}`);
    counts.passed += passed;
    counts.failed += failed;
    summary.push(`${name} ${failed === 0 ? 'ok' : 'FAILED'}`);
    if (failed > 0) break;
  }
  return { counts, summary: summary.join(', ') };
}

import { existsSync, readFileSync } from 'node:fs';

/** Each test runner's JSON report → how many tests passed and failed; flaky ones did not pass. */
const READERS = {
  vitest: (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
  playwright: ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  }),
};

/**
 * @param file where the runner was told to write its report
 * @param exitCode of the runner
 * @returns counts in which a runner that failed has at least one failure, whatever its report says
 */
export function readCounts(runner, file, exitCode) {
  const counts = existsSync(file)
    ? READERS[runner](JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0 };
  return { passed: counts.passed, failed: Math.max(counts.failed, exitCode === 0 ? 0 : 1) };
}

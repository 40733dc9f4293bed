import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { LONG_TESTS } from './longTests.mjs';

/**
 * Runs the longest files first: begun last, they would keep one core waiting for the other. On a fresh clone too, where
 * nothing is known of earlier runs.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG_TESTS.some((file) => moduleId.endsWith(file));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

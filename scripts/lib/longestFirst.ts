import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long: begun last, they would keep one core waiting for the other. */
const LONG = /samplers\.reach|measurements\.test/;

/** Runs the longest files first, on a fresh clone too, where nothing is known of earlier runs. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

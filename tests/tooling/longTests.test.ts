import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LONG_TESTS } from '../../scripts/lib/longTests.mjs';

test('every long test that is named is there', () => {
  const missing = LONG_TESTS.filter((file) => !existsSync(join(import.meta.dirname, '../..', file)));
  expect(missing).toEqual([]);
});

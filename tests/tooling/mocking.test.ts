import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MOCKING } from '../../vitest.config.ts';

const folder = join(import.meta.dirname, '..');
const MOCKS = /\bvi\.(mock|doMock|resetModules)\(/;

test('every file that puts other modules in the place of some has modules of its own', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const mocking = files
    .filter((file) => /\.test\.tsx?$/.test(file) && MOCKS.test(readFileSync(join(folder, file), 'utf8')))
    .map((file) => `tests/${file.replaceAll('\\', '/')}`);
  expect(mocking).toEqual(MOCKING);
});

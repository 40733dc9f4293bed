import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '../..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(repository, 'docs')).map((file) => `docs/${file}`),
];
const ROOMS =
  /`((?:src\/)?(?:core|experiment|protocol|backends|families|runtime|views|store|canvas|charts|ui|pages|scripts|tests)\/[\w./-]+\.(?:tsx?|mjs|cjs|as))`/g;

it.each(documents.filter((file) => file.endsWith('.md')))('every file that %s names is there', (file) => {
  const text = readFileSync(join(repository, file), 'utf8');
  const named = Array.from(text.matchAll(ROOMS), ([, path]) => path!);
  const places = (path: string) => [path, `src/${path}`].map((each) => join(repository, each));
  expect(named.filter((path) => !places(path).some(existsSync))).toEqual([]);
});

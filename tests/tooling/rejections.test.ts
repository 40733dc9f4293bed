import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SOURCES = resolve(import.meta.dirname, '../../src');

/** Where an error ends: a handler of a promise, or a catch, with nothing in it. */
const SWALLOWS = /\.catch\(\s*\(\w*\) => \{\s*\}\s*\)|^\s*\(\w*\) => \{\},?|catch( \(\w+\))? \{\s*\}/;

/** Numbers of the lines that swallow an error without a reason, on the line or the one before. */
function unexplained(text: string): number[] {
  const lines = text.split('\n');
  const isExplained = (i: number) => [lines[i - 1], lines[i]].some((line) => line?.includes('//'));
  return lines.flatMap((line, i) => (SWALLOWS.test(line) && !isExplained(i) ? [i + 1] : []));
}

test('no error is swallowed without a reason beside it', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((name) =>
    unexplained(readFileSync(join(SOURCES, name), 'utf8')).map((line) => `${name}:${line}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['host.connect(url).catch(() => {});', 1],
  ['work.then(go, (error) => {}).catch((error) => {});', 1],
  ['work.then(\n  go,\n  () => {},\n);', 1],
  ['try {\n  go();\n} catch {}', 1],
  ['gone.catch(() => {}); // whoever waits hears of it', 0],
  ['// A lost device shows elsewhere.\nwork.catch(() => {});', 0],
  ['work.catch(report);', 0],
])('%j swallows %d', (text, count) => {
  expect(unexplained(text)).toHaveLength(count);
});

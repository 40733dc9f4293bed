import { expect, test } from 'vitest';
import { workerNamedBy } from '../../scripts/lib/earlyEngine.ts';

const chunk = (code: string) => ({ type: 'chunk' as const, code });

test('the engine’s worker is the one that the page’s scripts name', () => {
  const page = chunk('new Worker(new URL("engineWorker-Ab_1.js",import.meta.url));new URL("worker-C2.js")');
  expect(workerNamedBy([{ type: 'asset' }, page, chunk('f("engineWorker-Ab_1.js")')])).toBe(
    'engineWorker-Ab_1.js',
  );
});

test('a page that names none, or two, is no page to begin', () => {
  expect(() => workerNamedBy([chunk('new URL("worker-C2.js")')])).toThrow(/none/);
  expect(() => workerNamedBy([chunk('"engineWorker-a.js"+"engineWorker-b.js"')])).toThrow(/engineWorker-b/);
});

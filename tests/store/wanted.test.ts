import { expect, it, vi } from 'vitest';
import { createWanted } from '../../src/store/wanted.ts';

it('what is wanted is told of by the first who wants it and by the last who does no more', () => {
  const changed = vi.fn();
  const { isWanted, want } = createWanted(changed);
  expect(isWanted()).toBe(false);
  const [first, second] = [want(), want()];
  expect([isWanted(), changed.mock.calls.length]).toEqual([true, 1]);
  first();
  first();
  expect([isWanted(), changed.mock.calls.length]).toEqual([true, 1]);
  second();
  expect([isWanted(), changed.mock.calls.length]).toEqual([false, 2]);
});

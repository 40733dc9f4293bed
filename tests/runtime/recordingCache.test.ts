import { expect, it } from 'vitest';
import { createRecordingCache } from '../../src/runtime/recordingCache.ts';
import { fieldRecording } from '../store/fakeEngine.ts';

const made = (key: string) => ({ recording: fieldRecording(key), quality: null });
/** Bytes of one. */
const SIZE = 36;

it('gives copies, so that what is given away is still there', () => {
  const cache = createRecordingCache();
  cache.put(30, made('a'));
  const first = cache.get(30, 'a')!;
  structuredClone(first, { transfer: [first.recording.times.buffer] });
  expect(cache.get(30, 'a')!.recording.times).toHaveLength(1);
  expect(cache.get(100, 'a')).toBeNull();
  expect(cache.get(30, 'b')).toBeNull();
});

it('holds no more than it may, and drops what was not used for longest', () => {
  const cache = createRecordingCache(3 * SIZE);
  expect(cache.hasRoom).toBe(true);
  for (const key of ['a', 'b', 'c']) cache.put(0, made(key));
  expect(cache.hasRoom).toBe(false);
  cache.get(0, 'a');
  cache.put(0, made('d'));
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.has(0, key))).toEqual(['a', 'c', 'd']);
});

it('keeps what stages still show', () => {
  const cache = createRecordingCache();
  for (const key of ['a', 'b']) for (const step of [0, 30]) cache.put(step, made(key));
  cache.retain(new Set(['b']));
  expect(cache.has(0, 'a')).toBe(false);
  expect(cache.has(30, 'b')).toBe(true);
  cache.clear();
  expect(cache.has(30, 'b')).toBe(false);
});

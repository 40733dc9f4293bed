import { expect, it } from 'vitest';
import { rememberedTrials, rememberTrial } from '../../src/store/trials.ts';

function storage(initial: Record<string, string> = {}): Storage {
  const items = new Map(Object.entries(initial));
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

it('trials are remembered by adapter', () => {
  const kept = storage();
  expect(rememberedTrials(kept)).toEqual({});
  rememberTrial({ adapter: 'nvidia ampere', speeds: { wgsl: 900, simd: 400 } }, kept);
  rememberTrial({ adapter: 'intel xe', speeds: { wgsl: 300, simd: 500 } }, kept);
  expect(rememberedTrials(kept)).toEqual({
    'nvidia ampere': { wgsl: 900, simd: 400 },
    'intel xe': { wgsl: 300, simd: 500 },
  });
});

it.each(['', 'null', '3', '{', '{"a":1}', '{"a":{"wgsl":"fast"}}', '{"a":{"wgsl":-1}}'])(
  'what is kept as %s counts as nothing',
  (text) => {
    const kept = storage();
    rememberTrial({ adapter: 'x', speeds: { simd: 1 } }, kept);
    kept.setItem(kept.key(0)!, text);
    expect(rememberedTrials(kept)).toEqual({});
  },
);

it('a browser that keeps nothing is no trouble', () => {
  const refusing = {
    ...storage(),
    setItem: () => {
      throw new Error('full');
    },
    getItem: () => {
      throw new Error('no');
    },
  };
  expect(rememberedTrials(refusing)).toEqual({});
  expect(() => rememberTrial({ adapter: 'x', speeds: { simd: 1 } }, refusing)).not.toThrow();
  expect(rememberedTrials(undefined)).toEqual({});
});

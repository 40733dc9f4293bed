import { describe, expect, it } from 'vitest';
import { V, WORDS } from '../../../src/core/words/language.ts';
import { wordsLearner } from '../../../src/worlds/words/learn.ts';
import { USUAL, type WordsSettings } from '../../../src/worlds/words/settings.ts';
import { finished } from './training.ts';

async function asker(changes: Partial<WordsSettings>) {
  const settings = { ...USUAL, ...changes };
  const { answers } = await wordsLearner.build(settings);
  return (name: string, request: unknown): unknown => {
    const work = answers[name]!(request, settings);
    return 'answer' in work ? work.answer : finished(work);
  };
}

describe.each<Partial<WordsSettings>>([
  { method: 'any-order' },
  { method: 'bert' },
  { method: 'gpt' },
  { method: 'd3pm', matrix: 'absorbing' },
])('%o', (changes) => {
  it.each(['factorised', 'exact'])(
    'has no %s answer for what no sentence can have become, and says so',
    async (denoiser) => {
      const ask = await asker(changes);
      for (const sequence of ['cat cat cat [M]', 'the [M] · cat'])
        expect(() =>
          ask('posterior', { sequence, t: changes.method === 'd3pm' ? 3 : 0.5, denoiser }),
        ).toThrow(/No sentence/);
      for (const fixed of ['cat cat [M]', 'the cat sees the [M] sees [M]'])
        expect(() => ask('sample', { n: 2, fixed, denoiser })).toThrow(/No sentence/);
      const { text } = ask('sample', {
        n: 3,
        fixed: 'the [M] sees [M] [M] [M] [M] [M] [M] [M] [M] [M]',
        denoiser,
      }) as {
        text: string[];
      };
      for (const sentence of text) expect(sentence).toMatch(/^the \S+ sees/);
    },
  );
});

it.each(['any-order', 'gpt'] as const)('%s is certain of what is given, learned as exact', async (method) => {
  const ask = await asker({ method });
  const rows = ask('posterior', { sequence: 'the cat sleeps', denoiser: 'learned' }) as number[][];
  const exact = ask('posterior', { sequence: 'the cat sleeps', denoiser: 'exact' });
  expect(rows).toEqual(exact);
  expect(rows[2]![WORDS.indexOf('sleeps')]).toBe(1);
  expect(rows).toHaveLength(12);
  expect(rows[0]).toHaveLength(V);
});

it('a mask is no word to be scored, and at the end of masking there is no word left', async () => {
  const ask = await asker({ method: 'd3pm', matrix: 'absorbing', nChain: 12 });
  expect(() => ask('score', ['the cat sleeps', 'the cat [M]'])).toThrow(/sequences\[1\] holds \[M\]/);
  for (const denoiser of ['learned', 'factorised', 'exact'])
    expect(() => ask('posterior', { sequence: 'the cat [M]', t: 12, denoiser })).toThrow(
      /cannot hold “the” at t = 12/,
    );
});

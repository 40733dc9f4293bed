import { describe, expect, it } from 'vitest';
import { L, sentenceOf, V } from '../../src/core/words/language.ts';
import { bitsLearner } from '../../src/worlds/bits/learn.ts';
import { bits } from '../../src/worlds/bits/world.ts';
import type { Answer, Learner } from '../../src/worlds/learner.ts';
import { wordsLearner } from '../../src/worlds/words/learn.ts';
import { collapsedPosterior } from '../../src/worlds/words/learning/methods/bart.ts';
import { words } from '../../src/worlds/words/world.ts';
import type { CommonSettings, World } from '../../src/worlds/world.ts';
import { changedSettings, defaultSettings } from '../../src/worlds/world.ts';
import { finished } from './words/training.ts';

/** `discrete.*` of a world whose network has learned nothing. */
async function asking<S extends CommonSettings>(
  world: World<S>,
  learner: Learner<S>,
  changes: Partial<S> = {},
) {
  const settings = changedSettings(world, defaultSettings(world), changes);
  const model = await learner.build(settings);
  return (name: string, request: unknown): unknown => {
    const answer: Answer<S> = model.answers[name]!;
    const found = answer(request, settings);
    return 'answer' in found ? found.answer : finished(found);
  };
}

const UNLIKE = [
  '10010111010001101011',
  '01101001110101010001',
  '11100010100101101100',
  '00011101011010010111',
  '10101100011101001010',
  '01010011100010110101',
];

describe('in Bits', () => {
  it('a bound that is drawn says how far it scatters, and one that is summed scatters not at all', async () => {
    const bound = async (changes: object) =>
      (await asking(bits, bitsLearner, { nChain: 12, ...changes }))('bound', { denoiser: 'exact' }) as {
        bits: number;
        error: number;
      };
    expect((await bound({})).error).toBe(0);
    const [one, other] = [
      await bound({ patterns: UNLIKE, seed: 1 }),
      await bound({ patterns: UNLIKE, seed: 2 }),
    ];
    expect(one.error).toBeGreaterThan(0.005);
    expect(one.error).toBeLessThan(0.2);
    expect(one.bits).not.toBe(other.bits);
    expect(Math.abs(one.bits - other.bits)).toBeLessThan(4 * Math.hypot(one.error, other.error));
  });

  it('a bit that is to be on is named once', () => {
    const rBits = (list: readonly number[]) =>
      changedSettings(bits, defaultSettings(bits), { rBits: list }).rBits;
    expect(rBits([8, 3])).toEqual([3, 8]);
    expect(() => rBits([3, 8, 3])).toThrow(/rBits\[2\] = 3 is named twice/);
  });

  it('a letter that is none is named', async () => {
    const ask = await asking(bits, bitsLearner, { nChain: 10 });
    expect(() => ask('score', ['0101010101010101010x'])).toThrow(/sequences\[0\] holds "x"/);
    expect(() => ask('score', ['01010101010101 10101'])).toThrow(/sequences\[0\] holds " "/);
  });
});

describe('in Words', () => {
  it('a mask of bart is as many words as fit, and where none do, that is said', async () => {
    const ask = await asking(words, wordsLearner, { method: 'bart' });
    const denoiser = 'exact';
    expect(() => ask('posterior', { sequence: 'cat cat cat [M]', denoiser })).toThrow(/No sentence/);
    expect(() => ask('sample', { n: 1, fixed: 'cat cat cat [M]', denoiser })).toThrow(/No sentence/);
    const { text } = ask('sample', { n: 3, fixed: '[M] sleeps', denoiser }) as { text: string[] };
    for (const sentence of text) expect(sentence).toMatch(/^.+ .+ sleeps$/);
  });

  it('bart is as the language alone where a sampler has said what no sentence has', () => {
    const p = collapsedPosterior(sentenceOf('cat cat [M] cat'));
    for (let i = 0; i < L; i++)
      expect(p.subarray(i * V, (i + 1) * V).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('a sentence is its words joined by single spaces, and nothing else is taken for one', async () => {
    const ask = await asking(words, wordsLearner);
    expect(ask('score', ['the cat sleeps'])).toMatchObject({ valid: [true] });
    for (const padded of ['the  cat sleeps', ' the cat sleeps', 'the cat sleeps '])
      expect(() => ask('score', [padded])).toThrow(/a space too many/);
  });

  it('what is asked about may be given as a sentence', () => {
    const probe = (sentence: unknown) =>
      changedSettings(words, defaultSettings(words), { probe: sentence }).probe;
    expect(probe('the cat [M]')).toEqual([...sentenceOf('the cat [M]')]);
    expect(() => probe('the mouse [M]')).toThrow(/probe is no sentence: “mouse” is not a word/);
    expect(() => probe('the  cat')).toThrow(/a space too many/);
    expect(() => probe([1, 2])).toThrow(/a sentence of at most 12 words/);
  });

  it('a method that edits says that it fills no masks', async () => {
    const ask = await asking(words, wordsLearner, { method: 'diffuser' });
    expect(() => ask('sample', { n: 1, fixed: 'the cat [M]' })).toThrow(/diffuser fills no masks/);
  });
});

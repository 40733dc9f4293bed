import { describe, expect, test } from 'vitest';
import { MASK, sentenceOf, V } from '../../../src/core/words/language.ts';
import { turnedNumber } from '../../../src/core/words/turnNumber.ts';
import type { Trajectory } from '../../../src/worlds/words/learning/methods/method.ts';
import { METHOD_FACTS } from '../../../src/worlds/words/methodFacts.ts';
import { METHOD_IDS, type WordsSettings } from '../../../src/worlds/words/settings.ts';
import { words } from '../../../src/worlds/words/world.ts';
import { type Trained, trained, valid } from './training.ts';

const cases: readonly Partial<WordsSettings>[] = [
  ...METHOD_IDS.map((method) => ({ method, steps: 8 })),
  { method: 'd3pm', matrix: 'uniform', steps: 8 },
  { method: 'd3pm', matrix: 'neighbours', steps: 8 },
  { method: 'ssd-lm', block: '3', steps: 4 },
  { method: 'diffusion-lm', dimension: 2, learnedEmbeddings: true, steps: 8 },
  { method: 'diffusion-lm', predicts: 'noise', steps: 8 },
  { method: 'diffuseq', crossEntropy: true, candidates: 2, steps: 4 },
  { method: 'diffuser', edits: 'source', start: 'draft', steps: 8 },
];

describe.each(cases)('%o', (changes) => {
  test('learns, and its exact counterpart says nothing but sentences', async () => {
    const { model, sample, settings } = await trained({ ...changes, budgetSteps: 40 }, 2);
    const losses = Array.from({ length: 30 }, () => model.train(40));
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    const said = sample(4);
    expect(said.times).toHaveLength(said.frames.length);
    for (const sentence of said.frames.at(-1)!) {
      expect(sentence).toHaveLength(12);
      if (settings.method !== 'bart') expect([...sentence].every((word) => word >= 0 && word < V)).toBe(true);
    }
    if (settings.edits === 'source') {
      expect(() => sample(4, {}, { denoiser: 'exact' })).toThrow(/no closed form/);
    } else {
      expect(valid(sample(6, {}, { denoiser: 'exact' }))).toBe(1);
      sample(3, {}, { denoiser: 'factorised' });
    }
  });
});

test.each(cases)('%o: its way is seen, however many sentences are said', async (changes) => {
  const { sample } = await trained({ ...changes, budgetSteps: 40 }, 2);
  for (const n of [4, 100]) {
    const { times, frames } = sample(n);
    expect(times.length).toBeGreaterThan(2);
    expect([times[0], times.at(-1)]).toEqual([1, 0]);
    expect(frames.at(-1)).toHaveLength(n);
    // As many as a stage can show.
    for (const frame of frames) expect(frame.length).toBeGreaterThanOrEqual(Math.min(n, 48));
    expect(frames[0]!.slice(0, 4)).not.toEqual(frames.at(-1)!.slice(0, 4));
  }
});

test('every method has at most six controls, all of them settings', () => {
  for (const { controls } of Object.values(METHOD_FACTS)) {
    expect(controls.length).toBeLessThanOrEqual(6);
    for (const name of controls) expect(words.fields).toHaveProperty(name);
  }
});

test('any order: learned comes nearer to the exact bits with training, and several words at once cost validity', async () => {
  const { model, bits, sample } = await trained({ method: 'any-order', budgetSteps: 250 }, 60);
  const early = bits(150);
  for (let k = 0; k < 190; k++) model.train(250);
  const late = bits(150);
  expect(late - 10.174).toBeLessThan(0.5 * (early - 10.174));
  expect(late).toBeGreaterThan(10.1);
  expect(valid(sample(150))).toBeGreaterThan(valid(sample(150, { wordsPerStep: 6 })) + 0.1);
  const exact = (wordsPerStep: number) => valid(sample(60, { wordsPerStep }, { denoiser: 'factorised' }));
  expect(exact(1)).toBe(1);
  expect(exact(2)).toBeLessThan(0.95);
});

/** Any order after 150 steps, and Diffusion-LM as it usually is after 250: each trained once for the tests that ask it. */
const models = new Map<string, Promise<Trained>>();
function once(method: WordsSettings['method'], steps: number): Promise<Trained> {
  const key = `${method} ${steps}`;
  const known = models.get(key) ?? trained({ method }, steps);
  models.set(key, known);
  return known;
}

test('GPT needs fewer bits than any order after as many steps', async () => {
  const gpt = await trained({ method: 'gpt' }, 150);
  const any = await once('any-order', 150);
  expect(gpt.bits(200)).toBeLessThan(any.bits(200));
});

test('filling keeps the words that are fixed', async () => {
  const { sample } = await once('any-order', 150);
  const fixed = sentenceOf('the cat near the big dogs [M] [M] [M]');
  for (const sentence of sample(5, {}, { fixed }).frames.at(-1)!)
    fixed.forEach((word, i) => {
      if (word !== MASK) expect(sentence[i]).toBe(word);
    });
});

test('SSD-LM: greedy is most valid and least diverse', async () => {
  const { sample } = await trained({ method: 'ssd-lm' }, 150);
  const texts = ({ frames }: Trajectory) => new Set(frames.at(-1)!.map(String)).size;
  const drawn = sample(150);
  const greedy = sample(150, { projection: 'greedy' });
  expect(valid(greedy)).toBeGreaterThanOrEqual(valid(drawn));
  expect(texts(greedy)).toBeLessThan(texts(drawn));
  expect(valid(drawn)).toBeGreaterThan(0.5);
});

test('Diffusion-LM: clamping raises validity at ten steps', async () => {
  const { sample } = await once('diffusion-lm', 250);
  expect(valid(sample(150, { steps: 10, clamp: true }))).toBeGreaterThan(valid(sample(150, { steps: 10 })));
});

test('Diffusion-LM: a network that predicts x₀ writes more valid sentences than one that predicts ε', async () => {
  const share = ({ sample }: Trained) => valid(sample(150, { steps: 20 }));
  const usual = await once('diffusion-lm', 250);
  expect(usual.settings).toMatchObject({ learnedEmbeddings: false, predicts: 'x0' });
  const noise = await trained({ method: 'diffusion-lm', predicts: 'noise' }, 250);
  expect(share(usual)).toBeGreaterThan(1.5 * share(noise));
});

test('DiffuSeq: choosing among candidates raises accuracy', async () => {
  const { sample } = await trained({ method: 'diffuseq' }, 200);
  const accuracy = ({ frames, beside }: Trajectory) =>
    frames
      .at(-1)!
      .filter((sentence, k) =>
        turnedNumber(beside![k]!).some((target) => String(target.sentence) === String(sentence)),
      ).length / beside!.length;
  const one = accuracy(sample(80, { steps: 20 }));
  expect(one).toBeGreaterThan(0.3);
  expect(accuracy(sample(80, { steps: 20, candidates: 6 }))).toBeGreaterThan(one);
});

import { expect, test } from 'vitest';
import { L, MASK, sentenceOf } from '../../../src/core/words/language.ts';
import { languageFacts } from '../../../src/core/words/statistics.ts';
import { finished, trained } from './training.ts';

const untrained = () => trained({ method: 'any-order' }, 0);

test('sentences are said in as many steps as are asked for, whatever is fixed', async () => {
  const { sample } = await untrained();
  for (let steps = 1; steps <= L; steps++)
    expect(sample(2, {}, { denoiser: 'factorised', steps }).nfe).toBe(steps);
  const fixed = sentenceOf('the cat').map((word, i) => (i < 2 ? word : MASK));
  const { nfe, frames } = sample(2, {}, { denoiser: 'factorised', steps: 7, fixed });
  expect(nfe).toBe(7);
  for (const sentence of frames.at(-1)!) expect([...sentence.slice(0, 2)]).toEqual([...fixed.slice(0, 2)]);
  // Three words that are left take no more steps than words.
  const nearlyAll = sentenceOf('the cat').map((word, i) => (i < L - 3 ? word : MASK));
  expect(sample(2, {}, { denoiser: 'factorised', steps: 7, fixed: nearlyAll }).nfe).toBe(3);
});

test('the bound is that of the steps asked for, and its parts add up to it', async () => {
  const { model } = await untrained();
  const { process, net, rng } = model;
  const bound = (denoiser: 'factorised' | 'exact', steps: number) =>
    finished(process.bound!({ n: 300, denoiser, net, rng: rng.fork('bound'), steps }));
  const { entropy, unigramEntropy } = languageFacts();
  const bits = [1, 3, 12].map((steps) => {
    const found = bound('factorised', steps);
    expect(found.byStep).toHaveLength(steps);
    expect(found.byStep.reduce((a, b) => a + b, 0)).toBeCloseTo(found.bits, 9);
    // Whole sentences cost their entropy, in however many steps they are said.
    expect(bound('exact', steps).bits).toBeCloseTo(entropy, 9);
    return found;
  });
  // All at once, each word by itself.
  expect(Math.abs(bits[0]!.bits - unigramEntropy)).toBeLessThan(4 * bits[0]!.error);
  expect(bits[1]!.bits).toBeLessThan(bits[0]!.bits - 2);
  expect(bits[2]!.bits).toBeCloseTo(entropy, 9);
});

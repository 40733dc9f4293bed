import { describe, expect, it } from 'vitest';
import { bitsOf } from '../../../src/core/words/automaton.ts';
import { LANGUAGE, MASK, sentenceOf } from '../../../src/core/words/language.ts';
import { observedLikelihood } from '../../../src/core/words/likelihood.ts';
import { WORD_NOISES } from '../../../src/core/words/noise.ts';
import { posterior } from '../../../src/core/words/posterior.ts';
import { languageFacts } from '../../../src/core/words/statistics.ts';
import { METHOD_IDS } from '../../../src/worlds/words/settings.ts';
import { trained, valid } from './training.ts';

const fixed = sentenceOf('the [M] near the dogs [M] a cat');
const exactly = posterior(LANGUAGE, observedLikelihood(fixed)).marginals;
const free = [...fixed.keys()].filter((i) => fixed[i] === MASK);

const CONDITIONED = [
  ...WORD_NOISES.map((noise) => ({ method: 'd3pm', noise }) as const),
  { method: 'ssd-lm' } as const,
  { method: 'diffusion-lm' } as const,
];

describe.each(CONDITIONED)('%o', (settings) => {
  it.each([1, 2, 24])('draws exactly from what is left where words are fixed, in %i steps', async (steps) => {
    const { sample } = await trained(settings, 1);
    const n = 400;
    const said = sample(n, { steps }, { fixed, denoiser: 'exact' });
    expect(valid(said)).toBe(1);
    for (const i of free) {
      const shares = new Float64Array(14);
      for (const sentence of said.frames.at(-1)!) shares[sentence[i]!]! += 1 / n;
      shares.forEach((share, v) => {
        const p = exactly[i * 14 + v]!;
        expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n) + 1e-9);
      });
    }
  });
});

/** The methods whose exact answers say sentences of their own: DiffuSeq turns a source's, and Diffusion-LM rounds points to words. */
const SAYING = METHOD_IDS.filter((method) => method !== 'diffuseq' && method !== 'diffusion-lm');

it.each(SAYING)('the exact answers of %s speak the language, in however few steps', async (method) => {
  const { entropy } = languageFacts();
  const { sample } = await trained({ method }, 1);
  for (const steps of [1, 4]) {
    const sentences = sample(400, { steps }, { denoiser: 'exact' }).frames.at(-1)!;
    const bits = sentences.map((sentence) => bitsOf(LANGUAGE, sentence));
    const mean = bits.reduce((sum, each) => sum + each, 0) / bits.length;
    // The bits of a sentence have a deviation of 2.6: the error of the mean is 0.13.
    expect(Math.abs(mean - entropy), `${steps} steps`).toBeLessThan(0.6);
  }
});

import { expect, test } from 'vitest';
import { bitsOf } from '../../../src/core/words/automaton.ts';
import { LANGUAGE, sentenceOf, textOf } from '../../../src/core/words/language.ts';
import { languageFacts } from '../../../src/core/words/statistics.ts';
import { turnedNumber } from '../../../src/core/words/turnNumber.ts';

test('turning the number of any sentence gives one to four sentences of the language', () => {
  const { sentences } = languageFacts();
  for (let n = 0; n < sentences.length; n += 41) {
    const targets = turnedNumber(sentences[n]!);
    expect(targets.length).toBeLessThanOrEqual(4);
    expect(targets.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    for (const { sentence } of targets) expect(bitsOf(LANGUAGE, sentence)).toBeLessThan(Infinity);
  }
});

test('keeps the rest of the sentence, and chooses determiner and adjective as the design says', () => {
  const found = turnedNumber(sentenceOf('a small cat near dogs sees the dog'));
  expect(
    Object.fromEntries(found.map(({ sentence, probability }) => [textOf(sentence), probability.toFixed(2)])),
  ).toEqual({
    'the small cats near dogs see the dog': '0.42',
    'the cats near dogs see the dog': '0.18',
    'small cats near dogs see the dog': '0.28',
    'cats near dogs see the dog': '0.12',
  });
});

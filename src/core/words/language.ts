import { drawIndex } from '../discrete/draw.ts';
import type { Rng } from '../types.ts';
import { type Arc, type Automaton, arcsFrom } from './automaton.ts';

/** The language's words; the first fills the positions after a sentence's end. */
export const WORDS = [
  '·',
  'a',
  'the',
  'cat',
  'cats',
  'dog',
  'dogs',
  'sees',
  'see',
  'sleeps',
  'sleep',
  'small',
  'big',
  'near',
] as const;

/** The words and, behind them, the absorbing process's symbol. */
export const SYMBOLS: readonly string[] = [...WORDS, '[M]'];

export const V = WORDS.length;
/** Positions of a sentence. The longest has 11 words, so that each ends in at least one `·`. */
export const L = 12;
export const PAD = 0;
/** The absorbing process's symbol [M], behind the words. */
export const MASK = V;

const word = (text: (typeof WORDS)[number]): number => WORDS.indexOf(text);

/** Number of a noun phrase: singular 0, plural 1. */
type Grammatical = 0 | 1;
const NUMBERS = [0, 1] as const;

const NEAR = 0.35;
const ADJECTIVE = 0.35;
const TRANSITIVE = 0.6;
const NOUNS = [
  { text: ['cat', 'cats'], probability: 0.6 },
  { text: ['dog', 'dogs'], probability: 0.4 },
] as const;
const DETERMINERS = [
  [
    { text: 'a', probability: 0.5 },
    { text: 'the', probability: 0.5 },
  ],
  [{ text: 'the', probability: 0.6 }],
] as const;
/** A plural may do without a determiner. */
const BARE = [0, 0.4] as const;

/**
 * The toy language as an unambiguous weighted automaton: S → NP_n [near NP_m] VP_n, where the verb agrees with the
 * subject across a phrase of any number. 25 states, 87 arcs. A sentence is followed by `·` to the end.
 */
export const LANGUAGE: Automaton = createLanguage();

function createLanguage(): Automaton {
  const arcs: Arc[] = [];
  let states = 0;
  const state = () => states++;
  const say = (from: number, text: (typeof WORDS)[number], probability: number, to: number) =>
    arcs.push({ from, to, word: word(text), probability });

  /** A noun phrase from `start`, of a number drawn evenly, to a state for each number. */
  const nounPhrase = (start: number, ends: readonly [number, number]): void => {
    for (const n of NUMBERS) {
      const determined = state();
      const qualified = state();
      for (const { text, probability } of DETERMINERS[n]) say(start, text, probability / 2, determined);
      adjectives(determined, 1, n, qualified, ends[n]);
      if (BARE[n] > 0) adjectives(start, BARE[n] / 2, n, qualified, ends[n]);
      nouns(qualified, 1, n, ends[n]);
    }
  };
  const adjectives = (from: number, share: number, n: Grammatical, qualified: number, end: number): void => {
    for (const text of ['small', 'big'] as const) say(from, text, (share * ADJECTIVE) / 2, qualified);
    nouns(from, share * (1 - ADJECTIVE), n, end);
  };
  const nouns = (from: number, share: number, n: Grammatical, end: number): void => {
    for (const { text, probability } of NOUNS) say(from, text[n], share * probability, end);
  };
  const verbPhrase = (from: number, share: number, n: Grammatical): void => {
    say(from, n === 0 ? 'sleeps' : 'sleep', share * (1 - TRANSITIVE), end);
    say(from, n === 0 ? 'sees' : 'see', share * TRANSITIVE, object);
  };

  const start = state();
  const end = state();
  const object = state();
  const heads = [state(), state()] as const;
  nounPhrase(start, heads);
  for (const n of NUMBERS) {
    const phrase = state();
    const verb = state();
    say(heads[n], 'near', NEAR, phrase);
    nounPhrase(phrase, [verb, verb]);
    verbPhrase(verb, 1, n);
    verbPhrase(heads[n], 1 - NEAR, n);
  }
  nounPhrase(object, [end, end]);
  say(end, '·', 1, end);

  const final = new Float64Array(states);
  final[end] = 1;
  return { states, start, words: V, arcs, final };
}

/** A true sentence, padded: [L]. */
export function drawSentence(rng: Pick<Rng, 'uniform'>): Int32Array {
  const sentence = new Int32Array(L);
  let state = LANGUAGE.start;
  for (let i = 0; i < L; i++) {
    const arcs = arcsFrom(LANGUAGE, state);
    const arc =
      arcs[
        drawIndex(
          arcs.map(({ probability }) => probability),
          rng,
        )
      ]!;
    sentence[i] = arc.word;
    state = arc.to;
  }
  return sentence;
}

/** Number of words before the padding. */
export function lengthOf(sentence: ArrayLike<number>): number {
  let length = sentence.length;
  while (length > 0 && sentence[length - 1] === PAD) length--;
  return length;
}

/** A sentence as text: its words joined by single spaces, without the padding at its end. */
export function textOf(sentence: ArrayLike<number>): string {
  return Array.from(sentence)
    .slice(0, lengthOf(sentence))
    .map((index) => SYMBOLS[index]!)
    .join(' ');
}

/**
 * A sentence from its text, padded: [L].
 * @param symbols what it may be made of: the words alone, or [M] too
 * @throws RangeError naming the first word that is not in the language, or saying that it is too long
 */
export function sentenceOf(text: string, symbols: readonly string[] = SYMBOLS): Int32Array {
  const words = text === '' ? [] : text.split(' ');
  if (words.includes(''))
    throw new RangeError(
      `“${text}” has a space too many: words are joined by single spaces, without padding.`,
    );
  if (words.length > L)
    throw new RangeError(`A sentence has at most ${L} words, and “${text}” has ${words.length}.`);
  const sentence = new Int32Array(L);
  words.forEach((part, i) => {
    const index = symbols.indexOf(part);
    if (index < 0)
      throw new RangeError(
        `“${part}” is not a word of the language, which has ${WORDS.slice(1).join(', ')}.`,
      );
    sentence[i] = index;
  });
  return sentence;
}

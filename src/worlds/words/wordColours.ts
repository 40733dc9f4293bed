import { WORDS } from '../../core/words/language.ts';

/** Kinds of words, and a hue for each: nouns and verbs of one number are alike, so that agreement is seen. */
const HUES: Readonly<Record<(typeof WORDS)[number], number>> = {
  '·': 0,
  a: 265,
  the: 265,
  cat: 200,
  dog: 200,
  cats: 25,
  dogs: 25,
  sees: 175,
  sleeps: 175,
  see: 45,
  sleep: 45,
  small: 320,
  big: 320,
  near: 100,
};

export const hueOf = (word: number): number => HUES[WORDS[word]!] ?? 0;

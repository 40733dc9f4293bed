import { PAD, WORDS } from './language.ts';

/** What can be asked of a sentence: a deterministic automaton that reads its words, and knows the answer at the end. */
export interface Attribute {
  readonly values: readonly string[];
  readonly states: number;
  next(state: number, word: number): number;
  /** Index of the value after the last word; −1 where there is none, as without a noun. */
  valueAt(state: number): number;
}

const NOUNS: readonly string[] = ['cat', 'cats', 'dog', 'dogs'];
const VERBS: readonly string[] = ['sees', 'see', 'sleeps', 'sleep'];
const nounOf = (word: number) => NOUNS.indexOf(WORDS[word] ?? '');
const isVerb = (word: number) => VERBS.includes(WORDS[word] ?? '');

/** Of the first noun. States: none yet, singular, plural. */
const number: Attribute = {
  values: ['singular', 'plural'],
  states: 3,
  next: (state, word) => (state || nounOf(word) < 0 ? state : 1 + (nounOf(word) % 2)),
  valueAt: (state) => state - 1,
};

/** Whether a phrase with “near” follows the subject. */
const near: Attribute = {
  values: ['with', 'without'],
  states: 2,
  next: (state, word) => (WORDS[word] === 'near' ? 1 : state),
  valueAt: (state) => 1 - state,
};

/** Words up to which a sentence is short, or of middle length. */
const SHORT = 4;
const MIDDLE = 7;
/** Words before the padding; states count them. */
const length: Attribute = {
  values: ['short', 'middle', 'long'],
  states: MIDDLE + 2,
  next: (state, word) => (word === PAD ? state : Math.min(state + 1, MIDDLE + 1)),
  valueAt: (state) => (state <= SHORT ? 0 : state <= MIDDLE ? 1 : 2),
};

/** The first noun after the verb. States: no verb yet, no noun yet, each noun. */
const object: Attribute = {
  values: ['none', ...NOUNS],
  states: 2 + NOUNS.length,
  next(state, word) {
    if (state === 0) return isVerb(word) ? 1 : 0;
    return state === 1 && nounOf(word) >= 0 ? 2 + nounOf(word) : state;
  },
  valueAt: (state) => Math.max(0, state - 1),
};

/** Every attribute: one line each. */
export const ATTRIBUTES = { number, near, length, object } as const;
export type AttributeId = keyof typeof ATTRIBUTES;
export const ATTRIBUTE_IDS = Object.keys(ATTRIBUTES) as readonly AttributeId[];

/** Index of the value that a sequence has; −1 for none. */
export function attributeValue(attribute: Attribute, sequence: ArrayLike<number>): number {
  let state = 0;
  for (let i = 0; i < sequence.length; i++) state = attribute.next(state, sequence[i]!);
  return attribute.valueAt(state);
}

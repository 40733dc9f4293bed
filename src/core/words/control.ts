import type { Arc, Automaton } from './automaton.ts';
import { PAD, V, WORDS } from './language.ts';

/** Something a sentence can be asked to be: a deterministic automaton that reads words and says yes or no at the end. */
export interface Control {
  readonly states: number;
  next(state: number, word: number): number;
  accepts(state: number): boolean;
}

const wordIn = (...texts: (typeof WORDS)[number][]) => {
  const indices = new Set<number>(texts.map((text) => WORDS.indexOf(text)));
  return (word: number) => indices.has(word);
};
const isSingularNoun = wordIn('cat', 'dog');
const isPluralNoun = wordIn('cats', 'dogs');
const isSingularVerb = wordIn('sees', 'sleeps');
const isPluralVerb = wordIn('see', 'sleep');

/** The number of the first noun, the subject. */
export function subjectIs(number: 'singular' | 'plural'): Control {
  const wanted = number === 'singular' ? 1 : 2;
  return {
    states: 3,
    next: (state, word) => state || (isSingularNoun(word) ? 1 : isPluralNoun(word) ? 2 : 0),
    accepts: (state) => state === wanted,
  };
}

export function contains(word: number): Control {
  return {
    states: 2,
    next: (state, said) => (said === word ? 1 : state),
    accepts: (state) => state === 1,
  };
}

/** Exactly `length` words before the padding. */
export function hasLength(length: number): Control {
  return {
    states: length + 2,
    next: (state, word) => (word === PAD ? state : Math.min(state + 1, length + 1)),
    accepts: (state) => state === length,
  };
}

/** Whether a sequence does what the control asks for. */
export function fulfils(control: Control, sequence: ArrayLike<number>): boolean {
  let state = 0;
  for (let i = 0; i < sequence.length; i++) state = control.next(state, sequence[i]!);
  return control.accepts(state);
}

/** The language's sentences that do what the control asks for, with their probabilities: their sum is p(y). */
export function controlled(automaton: Automaton, control: Control): Automaton {
  const k = control.states;
  const arcs: Arc[] = [];
  for (const { from, to, word, probability } of automaton.arcs) {
    for (let c = 0; c < k; c++)
      arcs.push({ from: from * k + c, to: to * k + control.next(c, word), word, probability });
  }
  const final = new Float64Array(automaton.states * k);
  for (let s = 0; s < automaton.states; s++)
    for (let c = 0; c < k; c++) final[s * k + c] = control.accepts(c) ? automaton.final[s]! : 0;
  return { states: automaton.states * k, start: automaton.start * k, words: V, arcs, final };
}

/** Whether the first verb is of another number than the first noun; false where there is no verb or no noun. */
export function hasAgreementError(sequence: ArrayLike<number>): boolean {
  const words = Array.from(sequence);
  const noun = words.find((word) => isSingularNoun(word) || isPluralNoun(word));
  const verb = words.find((word) => isSingularVerb(word) || isPluralVerb(word));
  return noun !== undefined && verb !== undefined && isSingularNoun(noun) !== isSingularVerb(verb);
}

import { WORDS } from './language.ts';

const wordIn = (...texts: (typeof WORDS)[number][]) => {
  const indices = new Set<number>(texts.map((text) => WORDS.indexOf(text)));
  return (word: number) => indices.has(word);
};
const isSingularNoun = wordIn('cat', 'dog');
const isPluralNoun = wordIn('cats', 'dogs');
const isSingularVerb = wordIn('sees', 'sleeps');
const isPluralVerb = wordIn('see', 'sleep');

/** Whether the first verb is of another number than the first noun; false where there is no verb or no noun. */
export function hasAgreementError(sequence: ArrayLike<number>): boolean {
  const words = Array.from(sequence);
  const noun = words.find((word) => isSingularNoun(word) || isPluralNoun(word));
  const verb = words.find((word) => isSingularVerb(word) || isPluralVerb(word));
  return noun !== undefined && verb !== undefined && isSingularNoun(noun) !== isSingularVerb(verb);
}

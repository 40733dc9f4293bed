import type { AttributeId } from '../../core/words/attributes.ts';

/** What an attribute and its values are called; values without a word of their own are called as they are. */
export const ATTRIBUTE_WORDS: Readonly<
  Record<AttributeId, { readonly label: string; readonly values: Readonly<Record<string, string>> }>
> = {
  number: { label: 'Subject', values: { singular: 'Singular', plural: 'Plural' } },
  near: { label: 'Phrase with “near”', values: { with: 'With it', without: 'Without it' } },
  length: {
    label: 'Length',
    values: { short: 'Short, up to 4 words', middle: 'Middle, 5 to 7 words', long: 'Long, 8 words or more' },
  },
  object: { label: 'Object', values: { none: 'None' } },
};

import { repeated } from './codecs.ts';

/** Settings by name, which a link needs to carry only when they are set: `rho(3)tau(1-5-20)heun.sChurn(20)`. */

/** Names are short, or a long text of letters would be tried from each of them on. */
const WORD = /([A-Za-z][A-Za-z0-9.-]{0,40})\(([^()]*)\)/g;

export function formatWords(words: readonly (readonly [name: string, text: string])[]): string {
  return words.map(([name, text]) => `${name}(${text})`).join('');
}

/** @returns the words by name, the last of a name alone, the names that came more than once, and what was not a word */
export function parseWords(text: string): {
  readonly words: ReadonlyMap<string, string>;
  readonly twice: readonly string[];
  readonly rest: string;
} {
  const found = Array.from(text.matchAll(WORD), ([, name = '', content = '']) => [name, content] as const);
  const twice = repeated(found.map(([name]) => name));
  return { words: new Map(found), twice, rest: text.replaceAll(WORD, '') };
}

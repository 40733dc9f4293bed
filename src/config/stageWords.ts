/** Settings by name, which a link needs to carry only when they are set: `rho(3)tau(1-5-20)heun.sChurn(20)`. */

const WORD = /([A-Za-z][A-Za-z0-9.-]*)\(([^()]*)\)/g;

export function formatWords(words: readonly (readonly [name: string, text: string])[]): string {
  return words.map(([name, text]) => `${name}(${text})`).join('');
}

/** @returns the words by name, the last of a name alone, and what was not a word */
export function parseWords(text: string): {
  readonly words: ReadonlyMap<string, string>;
  readonly rest: string;
} {
  const words = new Map(Array.from(text.matchAll(WORD), ([, name = '', content = '']) => [name, content]));
  return { words, rest: text.replaceAll(WORD, '') };
}

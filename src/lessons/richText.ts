/** A piece of a text, by the index of its first letter: words, a formula, or words that lead to something of that kind and id. */
export type Part = { readonly at: number; readonly text: string } & (
  | { readonly kind: 'words' | 'tex' }
  | { readonly kind: 'experiment' | 'term' | 'paper'; readonly id: string }
);

const PIECE = /\$([^$]+)\$|\[([^\]]+)\]\((experiment|term|paper):([\w-]+)\)/g;

/** The pieces of a text with `$TeX$` and `[words](experiment:id)`, `[words](term:id)`, `[words](paper:id)` in it. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  const addWords = (words: string) => words !== '' && parts.push({ at: end, kind: 'words', text: words });
  for (const { 0: whole, 1: tex, 2: words, 3: kind, 4: id, index } of text.matchAll(PIECE)) {
    addWords(text.slice(end, index));
    if (tex !== undefined) parts.push({ at: index, kind: 'tex', text: tex });
    else parts.push({ at: index, kind: kind as 'experiment' | 'term' | 'paper', text: words!, id: id! });
    end = index + whole.length;
  }
  addWords(text.slice(end));
  return parts;
}

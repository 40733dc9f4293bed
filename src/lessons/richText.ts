/** A piece of a text: words, a formula, or words that lead to something of that kind and id. */
export type Part =
  | { readonly kind: 'words' | 'tex'; readonly text: string }
  | { readonly kind: 'experiment' | 'term' | 'paper'; readonly text: string; readonly id: string };

const PIECE = /\$([^$]+)\$|\[([^\]]+)\]\((experiment|term|paper):([\w-]+)\)/g;

/** The pieces of a text with `$TeX$` and `[words](experiment:id)`, `[words](term:id)`, `[words](paper:id)` in it. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  const addWords = (words: string) => words !== '' && parts.push({ kind: 'words', text: words });
  for (const { 0: whole, 1: tex, 2: words, 3: kind, 4: id, index } of text.matchAll(PIECE)) {
    addWords(text.slice(end, index));
    if (tex !== undefined) parts.push({ kind: 'tex', text: tex });
    else parts.push({ kind: kind as 'experiment' | 'term' | 'paper', text: words!, id: id! });
    end = index + whole.length;
  }
  addWords(text.slice(end));
  return parts;
}

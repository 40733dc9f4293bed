import { GLOSSARY, type Term } from './glossary.ts';

const byId = new Map(GLOSSARY.map((term) => [term.id, term]));
const byWord = new Map(GLOSSARY.flatMap((term) => (term.words ?? []).map((word) => [word, term] as const)));

/** The term of an id. @throws an Error where there is none */
export function termOf(id: string): Term {
  const term = byId.get(id);
  if (term === undefined) throw new Error(`There is no term '${id}' in the glossary.`);
  return term;
}

/** What a label means; null where the glossary has no such word. @param kind what it is said of: "schedule" */
export const termOfLabel = (label: string, kind = ''): Term | null =>
  byWord.get(`${kind} ${label}`) ?? byWord.get(label) ?? null;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const longestFirst = (texts: readonly string[]) => texts.toSorted((a, b) => b.length - a.length);

const WORD = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${longestFirst([...byWord.keys()])
    .map(escaped)
    .join('|')})(?![\\p{L}\\p{N}\\u0303])`,
  'gu',
);

/** The terms whose words stand in a text, in its order, each once. */
export function termsIn(text: string): readonly Term[] {
  return [...new Set((text.match(WORD) ?? []).map((word) => byWord.get(word)!))];
}

const bySymbol = new Map(
  GLOSSARY.flatMap((term) => (term.symbols ?? []).map((symbol) => [symbol, term] as const)),
);
/** Words within a formula, symbols of the glossary, other commands and letters. */
const TOKEN = new RegExp(
  `${longestFirst([...bySymbol.keys()])
    .map(escaped)
    .join('|')}|\\\\(?:text|mathrm)\\s*\\{[^}]*\\}|\\\\[a-zA-Z]+|[a-zA-Z]`,
  'g',
);
const WORDS = /^\\(?:text|mathrm)/;

/** A symbol as it stands in a formula, and its term; null where the glossary has none. */
export interface FoundSymbol {
  readonly tex: string;
  readonly term: Term | null;
}

/** The symbols of a formula, in its order, each term once. @param tex KaTeX source */
export function symbolsIn(tex: string): readonly FoundSymbol[] {
  const found = new Map<string, FoundSymbol>();
  for (const token of tex.match(TOKEN) ?? []) {
    const term = bySymbol.get(token) ?? null;
    if (term === null && (WORDS.test(token) || NOTATION.has(token))) continue;
    found.set(term?.id ?? token, { tex: token, term });
  }
  return [...found.values()];
}

/** What means the same in all of mathematics. */
const NOTATION: ReadonlySet<string> = new Set(
  [
    ...['frac', 'tfrac', 'sqrt', 'int', 'cdot', 'quad', 'dots', 'bigl', 'bigr', 'big', 'Big', 'Bigl', 'Bigr'],
    ...['ln', 'log', 'cos', 'pi', 'max', 'min', 'to', 'in', 'sim', 'mid', 'leftarrow', 'approx', 'propto'],
    ...['displaystyle', 'htmlClass'],
  ]
    .map((name) => `\\${name}`)
    .concat('d', 'e', 'i', 'b'),
);

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import katex from 'katex';
import { expect, test } from 'vitest';

const SOURCES = resolve(import.meta.dirname, '../../src');

/** Children that MathML wants of its elements of fixed shape. Firefox reports any other number as an error of the page. */
const CHILDREN: Readonly<Record<string, number>> = {
  mfrac: 2,
  mroot: 2,
  msub: 2,
  msup: 2,
  munder: 2,
  mover: 2,
  msubsup: 3,
  munderover: 3,
};

/** What is wrong with the MathML of an equation; empty when nothing is. @throws KaTeX's ParseError */
function faults(tex: string): string[] {
  const mathml = katex.renderToString(tex, {
    output: 'mathml',
    strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
    trust: true,
  });
  const found: string[] = [];
  const open: { name: string; children: number }[] = [];
  for (const [, closes, name, empty] of mathml.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (closes) {
      const { children } = open.pop()!;
      const wanted = CHILDREN[name!];
      if (wanted !== undefined && children !== wanted) found.push(`<${name}> has ${children} children`);
      continue;
    }
    const parent = open.at(-1);
    if (parent) parent.children += 1;
    if (!empty) open.push({ name: name!, children: 0 });
  }
  return found;
}

const EQUATION = /String\.raw`([^`]*)`|(?:equation|marginal|tex): '([^']*)'/g;

/** The glossary finds symbols by pieces of formulas, which are none themselves. */
const withoutPieces = (code: string): string => code.replace(/symbols: \[[^\]]*\]/g, '');

/** A text for people has its formulas between dollars. */
const formulasOf = (text: string): readonly string[] =>
  text.includes('$') ? text.split('$').filter((_, i) => i % 2 === 1) : [text];

/** Every equation that is written in the sources, with its file: those of all registries and those of the panels. */
function equations(): (readonly [file: string, tex: string])[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) =>
      [...withoutPieces(readFileSync(join(SOURCES, name), 'utf8')).matchAll(EQUATION)].flatMap(
        ([, raw, plain]) => formulasOf((raw ?? plain)!).map((tex) => [name, tex] as const),
      ),
    );
}

test('every equation gives MathML that a browser accepts', () => {
  const all = equations();
  expect(all.length).toBeGreaterThan(60);
  const wrong = all.flatMap(([file, tex]) => faults(tex).map((fault) => `${file}: ${fault} in ${tex}`));
  expect(wrong).toEqual([]);
});

test.each([
  [String.raw`\sigma_{\max}`, ['<msub> has 3 children']],
  [String.raw`\sigma_{\max}^2`, ['<msubsup> has 4 children']],
  [String.raw`\sigma_\text{max}^2 + \sqrt[3]{\frac12}`, []],
])('%s: %j', (tex, expected) => {
  expect(faults(tex)).toEqual(expected);
});

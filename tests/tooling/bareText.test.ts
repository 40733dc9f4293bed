import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SOURCES = resolve(import.meta.dirname, '../../src');
/** Values that are elements by their type. */
const ELEMENTS =
  /^(children|icon|corner|hint|actions|words|picture|content)$|\.(children|icon|corner|hint|actions)$/;

const isText = (child: ts.JsxChild): boolean => ts.isJsxText(child) && child.text.trim() !== '';
const isDynamic = (child: ts.JsxChild): boolean =>
  ts.isJsxExpression(child) && child.expression !== undefined && !ts.isStringLiteral(child.expression);

/** Whether what an expression brings into the page can be a string or a number. */
function bringsText(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) return bringsText(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return bringsText(expression.whenTrue) || bringsText(expression.whenFalse);
  }
  if (ts.isBinaryExpression(expression)) return bringsText(expression.right);
  if (ts.isJsxElement(expression) || ts.isJsxSelfClosingElement(expression) || ts.isJsxFragment(expression)) {
    return false;
  }
  if (expression.kind === ts.SyntaxKind.NullKeyword) return false;
  if (ts.isCallExpression(expression)) return !/(\.map|^filled)$/.test(expression.expression.getText());
  return !ELEMENTS.test(expression.getText());
}

/**
 * Text that stands beside something that comes, goes or changes. A translator takes text nodes out of the page, and
 * React then fails when it removes one, or puts something before one; a text that is alone in its element is safe.
 */
function bareTexts(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      const children = node.children.filter(
        (child) => !ts.isJsxText(child) || child.text.trim() !== '' || !child.text.includes('\n'),
      );
      const bare = children.filter(
        (child) =>
          isText(child) ||
          (ts.isJsxExpression(child) && child.expression !== undefined && bringsText(child.expression)),
      );
      // An element that takes the place of a like one is the same to React, which then changes its texts one by one.
      const inPlace =
        ts.isJsxElement(node) &&
        (ts.isConditionalExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) &&
        !node.openingElement.attributes.properties.some((property) => property.name?.getText() === 'key');
      const besideElement =
        inPlace &&
        ts.isConditionalExpression(
          ts.isParenthesizedExpression(node.parent) ? node.parent.parent : node.parent,
        );
      if (children.length > 1 && (children.some(isDynamic) || besideElement)) {
        for (const child of bare) {
          const { line } = file.getLineAndCharacterOfPosition(child.getStart());
          found.push(`${name}:${line + 1}: ${child.getText().trim()}`);
        }
      }
    }
    node.forEachChild(look);
  };
  look(file);
  return found;
}

test('no text stands bare beside something that comes and goes', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tsx'),
  );
  expect(files.length).toBeGreaterThan(40);
  const found = files.flatMap((file) => bareTexts(file, readFileSync(join(SOURCES, file), 'utf8')));
  expect(found).toEqual([]);
});

test.each([
  ['<p>step {count}</p>', 2],
  ['<p>{a && "b"}{c}</p>', 2],
  ['<p>{open && <b>x</b>} always</p>', 1],
  ['<p>{stepText(count)}</p>', 0],
  ['<p>x<sub>T</sub> is noise</p>', 0],
  ['<p>{a ? <b>x<sub>T</sub></b> : <b>y</b>}</p>', 1],
  ['<p>{a ? <b key="x">x<sub>T</sub></b> : <b>y</b>}</p>', 0],
  ['<p><span>step</span>{open && <b>{count}</b>}</p>', 0],
])('%s has %d', (code, count) => {
  expect(bareTexts('a.tsx', `const a = ${code};`)).toHaveLength(count);
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/fields.ts';
import { validatePatch } from '../../src/config/patch.ts';
import { parsePoints } from '../../src/config/pointsFile.ts';
import { PointsFileError } from '../../src/config/pointsFileError.ts';
import { thinEvenly } from '../../src/config/thinEvenly.ts';

const square = [0, 0, 1, 0, 1, 1, 0, 1];

function refusal(text: string, fileName = 'points.csv'): PointsFileError {
  try {
    parsePoints(text, fileName);
  } catch (error) {
    if (error instanceof PointsFileError) return error;
    throw error;
  }
  throw new Error('The file was taken.');
}

describe('a file of points', () => {
  it.each([
    ['commas', 'a.csv', '0,0\n1,0\n1,1\n0,1\n'],
    ['a header', 'a.csv', 'x,y\n0,0\n1,0\n1,1\n0,1'],
    ['named columns', 'a.tsv', 'shape\ty\tx\nsq\t0\t0\nsq\t0\t1\nsq\t1\t1\nsq\t1\t0'],
    ['semicolons and Windows line ends', 'a.csv', '0;0\r\n1;0\r\n1;1\r\n0;1\r\n'],
    ['quotes', 'a.csv', '"0","0"\n"1","0"\n"1","1"\n"0","1"'],
    ['white space, comments, blank lines', 'a.txt', '# a square\n 0   0\n1 0\n\n 1\t1\n0 1\n'],
    ['a byte order mark', 'a.csv', '\uFEFF0,0\n1,0\n1,1\n0,1'],
    ['pairs in JSON', 'a.json', '[[0,0],[1,0],[1,1],[0,1]]'],
    ['objects in JSON', 'a.json', '[{"x":0,"y":0},{"x":1,"y":0},{"x":1,"y":1},{"x":0,"y":1}]'],
    ['wrapped JSON, whatever its name', 'a.txt', '{"points":[[0,0],[1,0],[1,1],[0,1]]}'],
  ])('with %s is read', (_, fileName, text) => {
    const { points, nRead } = parsePoints(text, fileName);
    expect(points).toEqual(square);
    expect(nRead).toBe(4);
  });

  it.each([
    ['', 'points.csv is empty'],
    [' \n\n ', 'points.csv is empty'],
    ['x,y\n', 'fewer than 3 different points'],
    ['1\n2\n3', 'points.csv, line 1: one column'],
    ['1,2\n3,4\n5,NaN\n', 'points.csv, line 3: "NaN" is not a finite number'],
    ['1,2\n3,4\n5,inf\n', 'line 3: "inf"'],
    ['NaN,NaN\n3,4\n', 'line 1: "NaN"'],
    ['x,y\n1,2\n3,\n', 'line 3: an empty cell'],
    ['x,y\n1,2\nhello,world\n', 'line 3: "hello"'],
    ['1,2\n1,2\n1,2\n3,4\n', 'fewer than 3 different points'],
    ['\0\u0001\u0002PNG', 'is not a text file'],
    ['\uFFFD\uFFFDJFIF', 'is not a text file'],
    ['It was a dark and stormy night', 'fewer than 3'],
    ['1,2\n'.repeat(1_000_002), 'more than 1,000,000 rows'],
    ['1 '.repeat(11 * 2 ** 20), 'too large (22 MB'],
    ['0,0\n1e-3,1\n0,1\n1e9,0\n', 'Scaled to fit the view, points.csv has fewer'],
    ['1e308,0\n-1e308,0\n0,1e308\n0,0', 'fewer than 3'],
  ])('that is not points is refused: %#', (text, message) => {
    const error = refusal(text);
    expect(error.message).toContain(message);
    expect(error.advice).not.toBe('');
  });

  it.each([
    ['[[0,0],\n[1,0],\n[1 1]]', 'line 3: the JSON cannot be read'],
    ['[[0,0],[1,0],[1,"a"]]', 'point 3: not two finite numbers'],
    ['[[0,0],[1,0],[1]]', 'point 3: not two finite numbers'],
    ['[{"x":1,"y":2},{"x":1}]', 'point 2: not two finite numbers'],
    ['{"a":1}', 'holds no list of points'],
    ['[]', 'is empty'],
    ['null', 'holds no list'],
    ['[1,2,3]', 'point 1'],
  ])('of bad JSON is refused: %s', (text, message) => {
    expect(refusal(text, 'points.json').message).toContain(message);
  });

  it('of a big shape is centred and scaled, and says so', () => {
    const { points, notes } = parsePoints('1000,1000\n1200,1000\n1200,1100\n1000,1100', 'a.csv');
    expect(points).toEqual([-3, -1.5, 3, -1.5, 3, 1.5, -3, 1.5]);
    expect(notes).toEqual(['Centred from (1100, 1050) and scaled by 0.03, so that it fits the view.']);
  });

  it('of many rows is thinned, and says so', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${3 * Math.cos(i)} ${3 * Math.sin(i)}`);
    const { points, nRead, notes } = parsePoints(rows.join('\n'), 'circle.txt');
    expect(points).toHaveLength(2000);
    expect(nRead).toBe(5000);
    expect(notes).toEqual(['Thinned evenly from 5,000 points to 1,000.']);
  });

  it('is refused in words or makes a data set, whatever it holds', () => {
    const cell = fc.oneof(fc.double().map(String), fc.string({ maxLength: 5 }), fc.integer().map(String));
    const table = fc
      .array(fc.array(cell, { maxLength: 4 }), { maxLength: 20 })
      .map((rows) => rows.map((row) => row.join(',')).join('\n'));
    const numbers = fc
      .array(fc.tuple(fc.double(), fc.double()), { minLength: 3, maxLength: 40 })
      .map((rows) => rows.map((row) => row.join('\t')).join('\n'));
    const text = fc.oneof(table, numbers, fc.json(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, fc.constantFrom('a.csv', 'a.json'), (content, name) => {
        try {
          const { points } = parsePoints(content, name);
          validatePatch({ dataset: 'custom', customPoints: points }, defaultConfig);
        } catch (error) {
          expect(error).toBeInstanceOf(PointsFileError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('thinning', () => {
  it('keeps exactly n of the points, each at most once, and few enough untouched', () => {
    const points = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 300 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 100 }), (coordinates, n) => {
        const all = coordinates.slice(0, coordinates.length & ~1);
        const kept = thinEvenly(all, n);
        expect(kept).toHaveLength(2 * Math.min(n, all.length / 2));
        let from = 0;
        for (let i = 0; i < kept.length; i += 2) {
          while (
            from < all.length &&
            !(Object.is(all[from], kept[i]) && Object.is(all[from + 1], kept[i + 1]))
          )
            from += 2;
          expect(from).toBeLessThan(all.length);
          from += 2;
        }
      }),
    );
  });

  it('takes from the dense stroke, not from the sparse one', () => {
    const dense = Array.from({ length: 2000 }, (_, i) => [-3 + i / 1000, 0]).flat();
    const sparse = Array.from({ length: 100 }, (_, i) => [i / 50, 3]).flat();
    const kept = thinEvenly([...dense, ...sparse], 300);
    const fromSparse = kept.filter((coordinate, i) => i % 2 === 1 && coordinate === 3).length;
    expect(fromSparse).toBe(100);
  });

  it('leaves no gaps in a line, however long', () => {
    const n = 2000;
    const line = Array.from({ length: n }, (_, i) => [(8 * i) / n, 0]).flat();
    const xs = thinEvenly(line, n / 2).filter((_, i) => i % 2 === 0);
    const gaps = xs.slice(1).map((x, i) => x - xs[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * 8) / n);
    expect(xs.at(-1)).toBeGreaterThan(7.95);
  });
});

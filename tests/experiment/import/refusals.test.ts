import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../src/experiment/import/openFile.ts';
import { PointsFileError } from '../../../src/experiment/import/pointsFileError.ts';
import { bytesOf, filePoints, openText, refusalOf, sampleOf } from './files.ts';

describe('a file that is not points', () => {
  it.each([
    ['', 'points.csv is empty'],
    [' \n\n ', 'points.csv is empty'],
    ['x,y\n', 'no number was found'],
    ['hello;world', 'no number was found'],
    ['1\n2\n3', 'points.csv, line 1: one column'],
    ['It was a dark and stormy night', 'no number was found'],
    ['x,y\n1,2\n2,1\n3,5\nhello,4\n', 'line 5: "hello" in x is not a number'],
    ['1,2\n1,2\n1,2\n3,4\n', 'fewer than 3 different points'],
    ['x,y\n1,"2\n3,4\n', 'line 2: a quotation mark'],
    ['NA,NA\nNA,NA\nNA,NA', 'no number was found'],
    ['1e308,0\n-1e308,0\n0,1e308\n0,0', 'too far apart'],
    [`${'1,'.repeat(5000)}1\n`, 'too many'],
  ])('is refused with its place: %#', (text, message) => {
    const { message: said, advice } = refusalOf(bytesOf(text));
    expect(said).toContain(message);
    expect(advice).not.toBe('');
  });

  it.each([
    ['[[0,0],\n[1,0],\n[1 1]]', 'line 3: the JSON cannot be read'],
    ['[[0,0],[1,0],[2,1],[1,"a"]]', 'point 4: "a"'],
    ['{"a":1}', 'holds no list of points'],
    ['[]', 'is empty'],
    ['null', 'holds no list'],
    ['[1,2,3]', 'one list of numbers'],
    ['{"x":[1,2,3],"y":[1,2]}', 'x has 3 numbers and y has 2'],
    ['{"x":1,"y":2}\n{"x":1,"y":3}\n{"x":1,"y"}', 'line 3: the JSON cannot be read'],
    ['{"type":"FeatureCollection","features":[]}', 'GeoJSON without points'],
  ])('of bad JSON is refused: %s', (text, message) => {
    expect(refusalOf(bytesOf(text), 'points.json').message).toContain(message);
  });

  it.each([
    [[0x50, 0x4b, 3, 4, 20], 'Excel workbook'],
    [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
    [[0x1f, 0x8b, 8], 'gzip'],
    [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'NumPy'],
    [[1, 2, 3, 0, 0, 7], 'not a text file'],
    [Array.from({ length: 4000 }, (_, i) => (i * 37) % 256), 'not a text file'],
  ])('of bytes is refused: %#', (bytes, message) => {
    expect(refusalOf(Uint8Array.from(bytes)).message).toContain(message);
  });

  it('of more than a million rows is refused', () => {
    expect(refusalOf(bytesOf('1,2\n'.repeat(1_000_100))).message).toContain('more than 1,000,000 rows');
  });

  it('names a column that is not there', () => {
    const error = refusalOf(bytesOf('a,b\n1,2\n3,4\n5,7'), 'points.csv', { x: 'z' });
    expect(error).toEqual({ message: 'points.csv has no column "z".', advice: 'Its columns are a, b.' });
  });
});

describe('rows without a number', () => {
  it.each(['', 'NA', 'NaN', 'null', 'inf', '-Infinity', '#N/A', 'n/a', '<NA>', '.'])(
    '(%s) are left out and counted, with their lines',
    (missing) => {
      const opened = openText(`x,y\n1,2\n${missing},4\n3,1\n0,${missing}\n2,2\n`);
      expect(filePoints(opened)).toEqual([1, 2, 3, 1, 2, 2]);
      expect(sampleOf(opened).notes).toContain('Left out 2 rows, as they lack a number (lines 3, 5).');
    },
  );

  it('are counted in JSON too, and as Python writes them', () => {
    const opened = openText('[[1, 2], [NaN, 4], [3, 1], [0, Infinity], [2, 2]]', 'a.json');
    expect(filePoints(opened)).toEqual([1, 2, 3, 1, 2, 2]);
    expect(sampleOf(opened).notes[0]).toContain('points 2, 4');
  });
});

describe('numbers', () => {
  it.each([
    ['1,234.5;2\n3,000.25;-1\n10,000;0', [1234.5, 2, 3000.25, -1, 10000, 0]],
    ['"1,234","2,000"\n"3,000","1,500"\n"10,000","0"', [1234, 2000, 3000, 1500, 10000, 0]],
    ['1.234,5;2,5\n3.000,25;-1\n10.000;0', [1234.5, 2.5, 3000.25, -1, 10000, 0]],
    [
      'x;y\n1.234,50;2.345,67\n3.000,25;1.000,50\n10.000,00;2.000,00',
      [1234.5, 2345.67, 3000.25, 1000.5, 10000, 2000],
    ],
    ['1 234,5;2,5\n3 000,25;-1\n10 000;0', [1234.5, 2.5, 3000.25, -1, 10000, 0]],
    ["1'234.5;2\n3'000.25;-1\n0;0", [1234.5, 2, 3000.25, -1, 0, 0]],
    ['1,5 2,5\n-3,25 1\n0,5 0', [1.5, 2.5, -3.25, 1, 0.5, 0]],
    ['−1.5\t2\n+3\t1e2\n1.0D+01\t0', [-1.5, 2, 3, 100, 10, 0]],
    ['x, y\n0,33, 1,45\n-1,5, 2,25\n3, 0,5', [0.33, 1.45, -1.5, 2.25, 3, 0.5]],
    ['1,234, 2,000\n3,000, 1,500\n10,000, 1,000', [1234, 2000, 3000, 1500, 10000, 1000]],
    ['1,2,3\n4,5,6\n0,0,1', [1, 2, 4, 5, 0, 0]],
    ['1, 2\n4, 5\n0, 0', [1, 2, 4, 5, 0, 0]],
    ['1e400,2\n1,2\n3,4\n0,1', [1, 2, 3, 4, 0, 1]],
  ])('with thousands and other marks are read where they can be told: %s', (text, expected) => {
    const found = filePoints(openText(text));
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
  });

  it('follow what a person says of separator, decimal mark, names and lines to skip', () => {
    const choices = { separator: ';', decimal: ',', header: true, skip: 1 } as const;
    const opened = openText('1;2\n1,5;2\n3,5;1\n0;0\n4;4', 'a.csv', choices);
    expect(opened.columns.map(({ label }) => label)).toEqual(['1,5', '2']);
    expect(filePoints(opened)).toEqual([3.5, 1, 0, 0, 4, 4]);
  });
});

it('rows up to 100 000 are used as they are; of more, a random part by the seed', () => {
  const text = (n: number) =>
    Array.from({ length: n }, (_, i) => `${(i % 997) / 500},${(i % 991) / 500}`).join('\n');
  expect(sampleOf(openText(text(100_000))).points).toHaveLength(200_000);
  const larger = text(101_000);
  const [one, again, other] = [1, 1, 2].map((seed) => sampleOf(openText(larger, 'a.csv', { seed })));
  expect(one!.points).toHaveLength(200_000);
  expect(one!.notes).toContain('Used a random choice of 100,000 of 101,000 rows, by the seed 1.');
  expect(again!.points).toEqual(one!.points);
  expect(other!.points).not.toEqual(one!.points);
});

it('whatever a file holds, it is refused in words or makes a data set', () => {
  const cell = fc.oneof(fc.double().map(String), fc.string({ maxLength: 5 }), fc.integer().map(String));
  const table = fc
    .array(fc.array(cell, { maxLength: 4 }), { maxLength: 20 })
    .chain((rows) =>
      fc.constantFrom(',', ';', '\t', ' ').map((mark) => rows.map((row) => row.join(mark)).join('\n')),
    );
  const text = fc.oneof(table, fc.json(), fc.string({ unit: 'binary' }));
  const bytes = fc.oneof(text.map(bytesOf), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(bytes, fc.constantFrom('a.csv', 'a.json'), (content, name) => {
      try {
        const { result } = openTable(content, name, {});
        if (result.ok) expect(result.sample.points.every(Number.isFinite)).toBe(true);
        else expect(result.advice).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(PointsFileError);
      }
    }),
    { numRuns: 500 },
  );
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../src/experiment/import/openFile.ts';
import { bytesOf, filePoints, openText } from './files.ts';

type Row = readonly [number, number];

const comma = (value: number) => String(value).replace('.', ',');
const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const codes = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const units = mark ? [0xfeff, ...codes] : codes;
  return Uint8Array.from(
    units.flatMap((code) => (little ? [code & 255, code >> 8] : [code >> 8, code & 255])),
  );
};
const lines = (rows: readonly Row[], write: (row: Row, i: number) => string, head: readonly string[] = []) =>
  [...head, ...rows.map(write), ''].join('\n');
const byKey = <T>(rows: readonly Row[], value: (row: Row, i: number) => T) =>
  Object.fromEntries(rows.map((row, i) => [String(i), value(row, i)]));

/** Files as other tools write the same table. */
const EXPORTERS: Readonly<Record<string, (rows: readonly Row[]) => readonly [string, string | Uint8Array]>> =
  {
    'plain CSV': (rows) => ['a.csv', lines(rows, ([x, y]) => `${x},${y}`)],
    'pandas to_csv': (rows) => ['a.csv', lines(rows, ([x, y], i) => `${i},${x},${y}`, [',x,y'])],
    'pandas to_csv of a bare array': (rows) => [
      'a.csv',
      lines(rows, ([x, y], i) => `${i},${x},${y}`, [',0,1']),
    ],
    'pandas read again with its index': (rows) => [
      'a.csv',
      lines(rows, ([x, y], i) => `${i},${x},${y}`, ['Unnamed: 0,u,v']),
    ],
    'pandas to_json': (rows) => [
      'a.json',
      JSON.stringify({ x: byKey(rows, ([x]) => x), y: byKey(rows, ([, y]) => y) }),
    ],
    'pandas records': (rows) => ['a.json', JSON.stringify(rows.map(([x, y]) => ({ x, y })))],
    'pandas index': (rows) => ['a.json', JSON.stringify(byKey(rows, ([x, y]) => ({ x, y })))],
    'pandas split': (rows) => [
      'a.json',
      JSON.stringify({ columns: ['x', 'y'], index: rows.map((_, i) => i), data: rows }),
    ],
    'pandas values': (rows) => ['a.json', JSON.stringify(rows)],
    'pandas table': (rows) => [
      'a.json',
      JSON.stringify({
        schema: { fields: [{ name: 'index' }, { name: 'x' }, { name: 'y' }], primaryKey: ['index'] },
        data: rows.map(([x, y], index) => ({ index, x, y })),
      }),
    ],
    'R write.csv': (rows) => ['a.csv', lines(rows, ([x, y], i) => `"${i + 1}",${x},${y}`, ['"","x","y"'])],
    'R write.table': (rows) => ['a.txt', lines(rows, ([x, y], i) => `"${i + 1}" ${x} ${y}`, ['"x" "y"'])],
    'R write.csv2': (rows) => [
      'a.csv',
      lines(rows, ([x, y], i) => `"${i + 1}";${comma(x)};${comma(y)}`, ['"";"x";"y"']),
    ],
    'numpy savetxt': (rows) => [
      'a.txt',
      lines(rows, ([x, y]) => `${x.toExponential(18)} ${y.toExponential(18)}`),
    ],
    'numpy savetxt with a header': (rows) => ['a.txt', lines(rows, ([x, y]) => `${x} ${y}`, ['# x y'])],
    'Excel CSV UTF-8': (rows) => [
      'a.csv',
      `\uFEFF${lines(rows, ([x, y]) => `${x},${y}`, ['x,y']).replaceAll('\n', '\r\n')}`,
    ],
    'Excel with sep=': (rows) => ['a.csv', lines(rows, ([x, y]) => `${x};${y}`, ['sep=;', 'x;y'])],
    'Excel in German': (rows) => ['a.csv', lines(rows, ([x, y]) => `${comma(x)};${comma(y)}`, ['x;y'])],
    'Excel Unicode text': (rows) => [
      'a.txt',
      utf16(
        lines(rows, ([x, y]) => `${x}\t${y}`, ['x\ty']),
        true,
        true,
      ),
    ],
    'UTF-16 BE': (rows) => [
      'a.txt',
      utf16(
        lines(rows, ([x, y]) => `${x}\t${y}`, ['x\ty']),
        false,
        true,
      ),
    ],
    'UTF-16 LE without a mark': (rows) => [
      'a.txt',
      utf16(
        lines(rows, ([x, y]) => `${x}\t${y}`),
        true,
        false,
      ),
    ],
    'tabs with decimal commas': (rows) => [
      'a.tsv',
      lines(rows, ([x, y]) => `${comma(x)}\t${comma(y)}`, ['x\ty']),
    ],
    'old Mac line ends': (rows) => [
      'a.csv',
      lines(rows, ([x, y]) => `${x},${y}`, ['x,y']).replaceAll('\n', '\r'),
    ],
    'a title and a date before the names': (rows) => [
      'a.csv',
      lines(rows, ([x, y]) => `${x},${y}`, ['Survey of the river', '2024-01-01', '', 'x,y']),
    ],
    'units below the names': (rows) => ['a.csv', lines(rows, ([x, y]) => `${x},${y}`, ['x,y', 'm,kg'])],
    'commas and spaces': (rows) => ['a.csv', lines(rows, ([x, y]) => `  ${x},   ${y}`)],
    bars: (rows) => ['a.txt', lines(rows, ([x, y]) => `${x}|${y}`, ['x|y'])],
    'all cells quoted': (rows) => ['a.csv', lines(rows, ([x, y]) => `"${x}","${y}"`, ['"x","y"'])],
    'columns in JSON, in capitals': (rows) => [
      'a.json',
      JSON.stringify({ X: rows.map(([x]) => x), Y: rows.map(([, y]) => y) }),
    ],
    'JSON lines of pairs': (rows) => ['a.jsonl', lines(rows, (row) => JSON.stringify(row))],
    'JSON wrapped and indented': (rows) => [
      'a.json',
      JSON.stringify({ meta: { n: 3 }, points: rows }, null, 2),
    ],
    GeoJSON: (rows) => [
      'a.geojson',
      JSON.stringify({
        type: 'FeatureCollection',
        features: rows.map((coordinates) => ({
          type: 'Feature',
          properties: { name: 'here' },
          geometry: { type: 'Point', coordinates },
        })),
      }),
    ],
    'GeoJSON of many points': (rows) => ['a.json', JSON.stringify({ type: 'MultiPoint', coordinates: rows })],
    'named columns after others': (rows) => [
      'a.csv',
      lines(rows, ([x, y], i) => `${i * 7 + 3.5},${y},${x}`, ['time,y,x']),
    ],
  };

const number = fc.integer({ min: -39_999, max: 39_999 }).map((value) => (value | 1) / 10_000);
const tables = fc
  .uniqueArray(fc.tuple(number, number), { minLength: 8, maxLength: 40, selector: ([x, y]) => `${x} ${y}` })
  .filter((rows) => {
    const range = (axis: 0 | 1) => {
      const values = rows.map((row) => row[axis]);
      return Math.max(...values) - Math.min(...values);
    };
    return range(0) > 1 && range(1) > 1;
  });

describe('a random table', () => {
  it.each(Object.keys(EXPORTERS))('as %s writes it gives the same points', (name) => {
    fc.assert(
      fc.property(tables, (rows) => {
        const [fileName, content] = EXPORTERS[name]!(rows);
        const bytes = typeof content === 'string' ? bytesOf(content) : content;
        const found = filePoints(openTable(bytes, fileName, {}));
        expect(found).toHaveLength(2 * rows.length);
        for (const [i, value] of rows.flat().entries()) expect(found[i]).toBeCloseTo(value, 9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a label column', () => {
  const rows = Array.from({ length: 60 }, (_, i) => [Math.cos(i) + 0.5, Math.sin(i) - 0.3, i % 3] as const);
  it.each([
    ['of words at the end', 'a,b,species', (k: number) => ['setosa', 'versicolor', 'virginica'][k]],
    ['of numbers by name', 'a,b,label', (k: number) => k],
    ['of numbers at the end', 'a,b,c', (k: number) => k],
  ])('%s gives classes', (_, head, word) => {
    const { result, roles } = openText([head, ...rows.map(([x, y, k]) => `${x},${y},${word(k)}`)].join('\n'));
    expect(roles).toEqual({ x: 0, y: 1, class: 2 });
    expect(result.ok && result.sample.table.classes).toEqual([0, 1, 2].map((k) => String(word(k))));
    expect(result.ok && result.sample.table.labels).toEqual(rows.map(([, , k]) => k));
  });

  it('in front, and one with an id before it', () => {
    const text = rows.map(([x, y, k], i) => `${i + 100},${'abc'[k]},${x},${y}`);
    const { roles } = openText(['id,kind,height,weight', ...text].join('\n'));
    expect(roles).toEqual({ x: 2, y: 3, class: 1 });
  });

  it('of more than ten values keeps the most frequent', () => {
    const text = Array.from({ length: 200 }, (_, i) => `${Math.cos(i)},${Math.sin(i)},k${i % 17}`);
    const opened = openText(['a,b,label', ...text].join('\n'), 'a.csv', { class: 'label' });
    expect(opened.result.ok && opened.result.sample.table.classes).toHaveLength(10);
    expect(opened.result.ok && opened.result.sample.notes.join(' ')).toContain('17 values');
  });
});

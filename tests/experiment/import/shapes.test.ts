import { describe, expect, it } from 'vitest';
import { isCutOff } from '../../../src/experiment/import/pictureEnd.ts';
import { bytesOf, filePoints, openText, refusalOf, sampleOf } from './files.ts';

const POINTS = [0.41, -1.88, 1, 2, 3, 1.5];
const ROWS = '0.41,-1.88\n1,2\n3,1.5\n';

describe('JSON of columns', () => {
  it.each([
    [
      'two lists',
      [
        [0.41, 1, 3],
        [-1.88, 2, 1.5],
      ],
    ],
    ['a trace', { data: [{ type: 'scatter', x: [0.41, 1, 3], y: [-1.88, 2, 1.5] }], layout: {} }],
    ['a trace alone', [{ x: [0.41, 1, 3], y: [-1.88, 2, 1.5] }]],
  ])('is read as %s', (_, value) => {
    const opened = openText(JSON.stringify(value), 'a.json');
    expect(filePoints(opened)).toEqual(POINTS);
    expect(sampleOf(opened).columns).toMatchObject({ x: 'x', y: 'y' });
  });

  it('of several traces has a class for each', () => {
    const x = [1, 2, 3, 4];
    const data = [
      { x, y: [3, 1, 2, 4], name: 'left' },
      { x, y: [5, 7, 6, 8] },
    ];
    const { points, table } = sampleOf(openText(JSON.stringify({ data }), 'a.json'));
    expect(points).toHaveLength(16);
    expect(table.classes).toEqual(['left', 'trace 2']);
    expect(table.labels).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('that are not equally long is refused by their lengths', () => {
    expect(refusalOf(bytesOf('[[1,2,3],[4,5]]'), 'a.json').message).toContain('x has 3 numbers and y has 2');
    expect(refusalOf(bytesOf('[{"x":[1,2,3],"y":[4]}]'), 'a.json').message).toContain('and y has 1');
  });
});

describe('lines of words above the numbers', () => {
  it.each([
    ['a line with as many commas', 'Operator: me, you\nx,y\n'],
    ['several of them', 'Operator: me, you\nDevice: old, new\nPlace: here, there\nx,y\n'],
    ['one with a number', 'Date,2024\nx,y\n'],
    ['a padded title', 'Survey,,\n\nx,y,\n'],
    ['words without a colon', 'left,right\nx,y\n'],
    ['units below', 'x,y\nm,kg\n'],
    ['a title and units', 'Operator: me, you\nx,y\nm,kg\n'],
  ])('are passed over up to the names: %s', (_, head) => {
    const opened = openText(head + ROWS);
    expect(opened.columns.map(({ label }) => label)).toEqual(['x', 'y']);
    expect(filePoints(opened)).toEqual(POINTS);
  });

  it('keep the names above a line of units, whatever they are', () => {
    expect(openText(`height,weight\nm,kg\n${ROWS}`).columns.map(({ label }) => label)).toEqual([
      'height',
      'weight',
    ]);
    expect(openText(`,u,v\nid,,\n7,0.5,1\n3,2,2\n9,3,1.5\n`).columns.map(({ label }) => label)).toContain(
      'u',
    );
  });

  it('of ARFF name the columns', () => {
    const head = `% made by hand\n@RELATION r\n\n@ATTRIBUTE height NUMERIC\n@attribute 'my weight' real\n@attribute class {a,b}\n\n@DATA\n`;
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${Math.cos(i)},${i % 5 ? Math.sin(i) : '?'},${'ab'[i % 2]}`,
    );
    const { columns, table } = sampleOf(openText(head + rows.join('\n'), 'a.arff'));
    expect(columns).toEqual({ x: 'height', y: 'my weight', class: 'class' });
    expect(table.classes).toEqual(['a', 'b']);
  });
});

describe('a picture that is cut off', () => {
  const chunk = (type: string, length: number) => [
    0,
    0,
    0,
    length,
    ...bytesOf(type),
    ...Array(length + 4).fill(7),
  ];
  const png = [
    0x89,
    ...bytesOf('PNG\r\n\u001a\n'),
    ...chunk('IHDR', 13),
    ...chunk('IDAT', 50),
    ...chunk('IEND', 0),
  ];
  const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9, 0xff, 0xda, 1, 2, 3, 0xff, 0, 4, 0xff, 0xd9];
  const gif = [...bytesOf('GIF89a'), 1, 2, 3, 0x3b];
  const webp = [...bytesOf('RIFF'), 12, 0, 0, 0, ...bytesOf('WEBPVP8 '), 1, 2, 3, 4];

  it.each([
    ['PNG', png],
    ['JPEG', jpeg],
    ['GIF', gif],
    ['WebP', webp],
  ])('is told: %s', (_, whole) => {
    expect(isCutOff(Uint8Array.from(whole))).toBe(false);
    expect(isCutOff(Uint8Array.from(whole.slice(0, -2)))).toBe(true);
    expect(isCutOff(Uint8Array.from(whole.slice(0, 9)))).toBe(true);
  });
});

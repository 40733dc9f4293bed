import { describe, expect, it } from 'vitest';
import { openTable } from '../../../src/experiment/import/openFile.ts';
import { filePoints, fixture, momentsOf, sampleOf } from './files.ts';

const open = (name: string, choices = {}) => openTable(fixture(name), name, choices);

/** Sixty points that every tool's file of them must give. */
const REFERENCE = filePoints(open('12-excel-bom-crlf.csv'));

describe('files that people have really tried', () => {
  it('of the reference set give its 60 points', () => {
    const [x, y] = [momentsOf(REFERENCE, 0), momentsOf(REFERENCE, 1)];
    expect(x).toMatchObject({ n: 60, mean: expect.closeTo(0.024, 2), sd: expect.closeTo(1.126, 1) });
    expect(y).toMatchObject({ n: 60, mean: expect.closeTo(0.375, 2), sd: expect.closeTo(1.944, 1) });
  });

  it.each([
    '11-decimal-comma-semicolon.csv',
    '11b-decimal-comma-semicolon-no-header.csv',
    '15-columns.json',
    '15d-lines.jsonl',
    '19-pandas-index.csv',
    '19b-pandas-index-other-names.csv',
    '21-ansi-header.csv',
    '24-sep-hint.csv',
  ])('%s is the same set', (name) => {
    expect(filePoints(open(name))).toEqual(REFERENCE);
  });

  it('with an umlaut in Windows-1252 keep it', () => {
    expect(sampleOf(open('21-ansi-header.csv')).columns).toMatchObject({ x: 'Größe', y: 'Gewicht' });
  });

  it('of 2 000 normal draws keep every row and the second moment', () => {
    const { points, rows } = sampleOf(open('08b-gaussian-2000-rows.csv'));
    expect(rows).toBe(2000);
    expect(points).toHaveLength(4000);
    const second = points.reduce((sum, value) => sum + value * value, 0) / 2000;
    // The standard error of E r² is 2/√2000.
    expect(Math.abs(second - 2)).toBeLessThan(3 * (2 / Math.sqrt(2000)));
  });

  it('of two clusters of 90 and 10 % keep them so', () => {
    const { points } = sampleOf(open('30b-two-clusters-90-10-2000rows.csv'));
    const left = Array.from(points).filter((value, i) => i % 2 === 0 && value < 0).length;
    expect(Math.abs(left / 2000 - 0.9)).toBeLessThan(0.02);
  });

  it('of height against income show both axes, say so, and keep the units', () => {
    const opened = open('03-height-weight-scales.csv');
    const { points, table, notes } = sampleOf(opened);
    for (const axis of [0, 1] as const) expect(momentsOf(points, axis).sd).toBeGreaterThan(0.5);
    expect(table.names).toEqual(['height_m', 'income']);
    expect(table.scale[0] / table.scale[1]).toBeGreaterThan(1000);
    expect(notes.join(' ')).toMatch(/height_m is scaled by .* and income by .*on its own/);
    const [height, income] = [momentsOf(filePoints(opened), 0), momentsOf(filePoints(opened), 1)];
    expect(height.mean).toBeCloseTo(1.7, 1);
    expect(income.mean).toBeGreaterThan(10_000);
  });

  it('with an ID in front are read without it', () => {
    expect(sampleOf(open('23-id-height-weight.csv')).columns).toEqual({
      x: 'Height',
      y: 'Weight',
      class: null,
    });
  });

  it('with far points fit the middle, count what is outside, and can leave it out', () => {
    const opened = open('31-cauchy-900.csv');
    const { points, notes } = sampleOf(opened);
    expect(points).toHaveLength(1800);
    expect(opened.outside).toBeGreaterThanOrEqual(8);
    expect(opened.outside).toBeLessThanOrEqual(18);
    expect(notes.join(' ')).toContain(`${opened.outside} of 900 points are outside`);
    const inside = Array.from({ length: 900 }, (_, i) => i).filter(
      (i) => Math.abs(points[2 * i]!) <= 3.001 && Math.abs(points[2 * i + 1]!) <= 3.001,
    );
    expect(inside.length).toBeGreaterThanOrEqual(900 - opened.outside);

    const clipped = sampleOf(open('31-cauchy-900.csv', { clip: true }));
    expect(clipped.points).toHaveLength(2 * (900 - opened.outside));
    expect(clipped.notes.join(' ')).toContain(`Left out ${opened.outside} points`);
  });
});

import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import { TABLES, tableIds } from '../../src/experiment/tables.ts';
import type { TableCell } from '../../src/protocol/studies.ts';
import { paperTables } from '../../src/store/paperTables.ts';
import { checkTable } from '../../src/store/tableRequest.ts';
import { orderedAlike, tableCsv, tableSentence } from '../../src/store/tableWords.ts';

const cell = (row: number, column: number, w2: number, blank: string | null = null): TableCell => ({
  ...{ row, column, denoiser: 'learned', blank, w2, w2Error: 0.001, strays: 0.01, straysError: 0.001 },
  ...{ nfe: 10, bits: null, bitsError: null },
});
const ddim = paperTables['ddim-steps'];

describe.each(tableIds)('the table %s', (id) => {
  const { rows, columns, base, paper } = paperTables[id];

  it('has a name, experiments that can be had, and the paper’s numbers in their places', () => {
    expect(TABLES[id].label).toBeTruthy();
    for (const { config = {} } of [base, ...rows, ...columns]) {
      expect(() => applyPatch(defaultConfig, config)).not.toThrow();
      for (const [field, value] of Object.entries(config)) {
        expect(() => validatePatch({ [field]: value }, defaultConfig), field).not.toThrow();
      }
    }
    if (!paper) return;
    expect(paper.cells).toHaveLength(rows.length);
    for (const line of paper.cells) expect(line).toHaveLength(columns.length);
  });
});

describe('what is said of a table', () => {
  it('counts the pairs that the paper orders', () => {
    const same = ddim.paper!.cells.flatMap((line, row) =>
      line.flatMap((number, column) => (number === null ? [] : [cell(row, column, number / 10)])),
    );
    expect(orderedAlike({ cells: same }, ddim)).toEqual({ same: 21, opposite: 0, tied: 0 });
    expect(tableSentence({ cells: same }, ddim)).toMatch(/^The toy shows the paper’s order: of 21 pairs/);
    const turned = same.map((each) => ({ ...each, w2: -each.w2 }));
    expect(tableSentence({ cells: turned }, ddim)).toMatch(/order differs: .* 0 alike and 21 the other way/);
    const equal = same.map((each) => ({ ...each, w2: 1 }));
    expect(orderedAlike({ cells: equal }, ddim)).toEqual({ same: 0, opposite: 0, tied: 21 });
  });

  it('names the best cell where the sources give no numbers, and nothing of blanks', () => {
    const sde = paperTables['sde-samplers'];
    expect(tableSentence({ cells: [cell(0, 0, 0.3), cell(1, 2, 0.1), cell(2, 2, 0, 'diverged')] }, sde)).toBe(
      'Best with the network: VP, both.',
    );
    expect(tableSentence({ cells: [] }, sde)).toBeNull();
  });

  it('is written as CSV, quoted where it must be', () => {
    const csv = tableCsv(
      { cells: [cell(0, 0, 0.5), { ...cell(4, 4, Number.NaN, 'so, "no"'), nfe: 0 }] },
      ddim,
    );
    const [head, first, second] = csv.split('\n');
    expect(head!.split(',')).toHaveLength(11);
    expect(first).toBe('η = 0,S = 10,learned,0.5,0.001,0.01,0.001,,,10,');
    expect(second).toBe('σ̂,S = T,learned,,0.001,0.01,0.001,,,0,"so, ""no"""');
  });
});

describe('a table that a program asks for', () => {
  it('may have fields of the experiment, settings and numbers', async () => {
    const request = await checkTable(
      {
        rows: { field: 'schedule', values: ['linear', 'cosine'] },
        columns: { field: 'snr', values: [0.1, 0.2] },
        sampler: 'predictor-corrector',
        nSteps: 20,
        n: 200,
      },
      defaultConfig,
    );
    expect(request.rows.map(({ config }) => config)).toEqual([
      { schedule: 'linear' },
      { schedule: 'cosine' },
    ]);
    expect(request.columns[1]).toEqual({ label: 'snr = 0.2', run: { parameters: { snr: 0.2 } } });
    expect(request.base.run).toEqual({ sampler: 'predictor-corrector', nSteps: 20 });
    expect(request.denoisers).toEqual(['learned', 'exact']);
    expect((await checkTable({ preset: 'ddim-steps' }, defaultConfig)).rows).toBe(ddim.rows);
  });

  it.each([
    [{ preset: 'nobody' }, /preset = "nobody" is unknown/],
    [{ rows: { field: 'theme', values: ['dark'] } }, /rows.field = "theme" is unknown/],
    [{ rows: { field: 'eta', values: [2] } }, /eta = 2 is above 1/],
    [{ rows: { field: 'eta', values: [] } }, /rows.values/],
    [{ rows: { field: 'schedule', values: ['round'] } }, /schedule = "round"/],
    [{ rows: { field: 'eta', values: [0] }, denoisers: [] }, /denoisers/],
    [7, /table = 7 is not an object/],
  ])('%j is refused by name', async (request, message) => {
    await expect(checkTable(request, defaultConfig)).rejects.toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { applyPatch, validatePatch } from '../../src/experiment/patch.ts';
import { TABLES, tableIds } from '../../src/experiment/tables.ts';
import { readTexts, writeTexts } from '../../src/experiment/textSettings.ts';
import { decodeConfig, encodeConfig } from '../../src/experiment/url.ts';
import type { TableCell } from '../../src/protocol/studies.ts';
import { ownTable, TABLE_FIELDS } from '../../src/store/ownTable.ts';
import { paperTables } from '../../src/store/paperTables.ts';
import { axesOf, axisFields, axisOf } from '../../src/store/tableAxes.ts';
import { checkTable } from '../../src/store/tableRequest.ts';
import { cellNote, orderedAlike, tableCsv, tableSentence } from '../../src/store/tableWords.ts';
import { newStage } from '../../src/views/index.ts';

const cell = (row: number, column: number, w2: number, blank: string | null = null): TableCell => ({
  ...{ row, column, denoiser: 'learned', blank, w2, w2Error: 0.001, strays: 0.01, straysError: 0.001 },
  ...{ missed: 0.05, missedError: 0.002, accuracy: null, accuracyError: null },
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

  it('says what guidance buys with what, from the first and the last row', () => {
    const table = paperTables.guidance;
    const row = (accuracy: number, missed: number) => ({ accuracy, accuracyError: 0.005, missed });
    const cells = (last: { accuracy: number; missed: number }) =>
      [0, 1, 2].flatMap((column) => [
        { ...cell(0, column, 0.1), ...row(0.9, 0.04) },
        { ...cell(4, column, 0.2), accuracyError: 0.005, ...last },
      ]);
    expect(tableSentence({ cells: cells({ accuracy: 0.99, missed: 0.4 }) }, table)).toBe(
      'With the network, from w = 0 to w = 4 in the mean over the columns, accuracy rises from 90.0 to 99.0 %, ' +
        'the share of the class that is missed rises from 4.0 to 40.0 %, the share of strays hardly changes, from 1.0 to 1.0 %. Accuracy is bought with variety.',
    );
    expect(tableSentence({ cells: cells({ accuracy: 0.901, missed: 0.4 }) }, table)).toMatch(/not bought/);
    const blank = [...cells({ accuracy: 0.99, missed: 0.4 }), { ...cell(4, 0, 0, 'none') }];
    expect(tableSentence({ cells: blank }, table)).toBeNull();
  });

  it('says how few steps each sampler does with', () => {
    const table = paperTables['few-steps'];
    const w2 = [0.1, 0.1, 0.101, 0.2, 0.3, 0.1];
    const cells = w2.map((value, row) => cell(row, 0, value));
    expect(tableSentence({ cells }, table)).toBe('As near to the data as with S = 32: DDIM down to S = 8.');
    expect(tableSentence({ cells: cells.slice(0, 3) }, table)).toBeNull();
  });

  it('says which students are nearer to the data than what was not distilled, and of the paper’s order', () => {
    const table = paperTables.distillation;
    const own = [0.1, 0.1, 0.2, 0.4, 0.8, 0.9];
    const students = [0.1, 0.1, 0.101, 0.1005, 0.11, 0.3];
    const cells = own.flatMap((value, row) => [
      cell(row, 0, value),
      { ...cell(row, 1, students[row]!), strays: row === 5 ? 0.04 : 0.01 },
    ]);
    expect(tableSentence({ cells }, table)).toBe(
      'Nearer to the data than the teacher with as many steps: the student with S = 8, S = 4, S = 2, S = 1. ' +
        'As near to the data as with S = 32: teacher down to S = 16, student down to S = 4. ' +
        'From S = 32 to S = 1 the share of strays of the student rises from 1.0 to 4.0 %. ' +
        'The toy shows the paper’s order: of 6 pairs of cells that the paper orders, it orders 5 alike and 0 the other way, 1 are too near to each other to tell.',
    );
    const useless = own.flatMap((value, row) => [cell(row, 0, value), cell(row, 1, value)]);
    expect(tableSentence({ cells: useless }, table)).toMatch(
      /^Nowhere is the student nearer to the data than the teacher, beyond chance\./,
    );
    // Cancelled, or not there yet: students that were not made are not judged.
    expect(tableSentence({ cells: cells.slice(0, -1) }, table)).toBeNull();
    expect(tableSentence({ cells: [] }, table)).toBeNull();
  });

  it('is written as CSV, quoted where it must be', () => {
    const csv = tableCsv(
      { cells: [cell(0, 0, 0.5), { ...cell(4, 4, Number.NaN, 'so, "no"'), nfe: 0 }] },
      ddim,
    );
    const [head, first, second] = csv.split('\n');
    expect(head!.split(',')).toHaveLength(15);
    expect(first).toBe('η = 0,S = 10,learned,0.5,0.001,0.01,0.001,0.05,0.002,,,,,10,');
    expect(second).toBe('σ̂,S = T,learned,,0.001,0.01,0.001,0.05,0.002,,,,,0,"so, ""no"""');
  });
});

it('a CSV says first what it is of, each on a line of its own', () => {
  const link = 'https://a.b/?d=moons';
  const csv = tableCsv({ cells: [cell(0, 0, 0.5)] }, ddim, { 'data set': 'two\nlines', seed: 3, link });
  expect(csv.split('\n').slice(0, 3)).toEqual(['# data set: two lines', '# seed: 3', `# link: ${link}`]);
  expect(csv.split('\n')[3]).toMatch(/^row,column,/);
});

it('a cell of a student that takes its teacher’s steps says that it is the teacher', () => {
  const { distillation } = paperTables;
  expect(cellNote(distillation, 0, 1)).toMatch(/no student of 32 steps.* the teacher/);
  expect([cellNote(distillation, 0, 0), cellNote(distillation, 1, 1), cellNote(ddim, 0, 0)]).toEqual([
    null,
    null,
    null,
  ]);
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

  it('may be of students', async () => {
    const { base, rows, columns } = await checkTable({ preset: 'distillation' }, defaultConfig);
    expect(base.config).toEqual({ output: 'v' });
    expect([rows[0]!.run!.nSteps, columns[1]!.distilledFrom]).toEqual([32, 32]);
    const own = {
      rows: { field: 'nSteps', values: [16, 4] },
      columns: { field: 'schedule', values: ['linear', 'cosine'] },
      ...{ sampler: 'ddim', distilledFrom: 16 },
    };
    expect((await checkTable(own, defaultConfig)).base).toEqual({
      distilledFrom: 16,
      run: { sampler: 'ddim' },
    });
    await expect(checkTable({ ...own, distilledFrom: 0 }, defaultConfig)).rejects.toThrow(
      /distilledFrom = 0 is below 1/,
    );
  });

  it.each([
    [{ preset: 'nobody' }, /preset = "nobody" is unknown/],
    [
      { preset: 'ddim-steps', rows: { field: 'nSteps', values: [5, 10] } },
      /rows is that of the preset ddim-steps/,
    ],
    [{ rows: { field: 'theme', values: ['dark'] } }, /rows.field = "theme" is unknown/],
    [{ rows: { field: 'eta', values: [2] } }, /eta = 2 is above 1/],
    [{ rows: { field: 'eta', values: [] } }, /rows.values/],
    [{ rows: { field: 'schedule', values: ['round'] } }, /schedule = "round"/],
    [{ rows: { field: 'eta', values: [0] }, denoisers: [] }, /denoisers/],
    [
      { rows: { field: 'eta', values: [0] }, columns: { field: 'eta', values: [1] } },
      /columns.field = "eta" is that of the rows, too/,
    ],
    [7, /table = 7 is not an object/],
  ])('%j is refused by name', async (request, message) => {
    await expect(checkTable(request, defaultConfig)).rejects.toThrow(message);
  });
});

describe('a table of a person’s own', () => {
  const stage = { ...newStage.reverse, id: 3, sampler: 'heun', nSteps: 30, parameters: { sChurn: 20 } };
  const axes = {
    rows: { field: 'nSteps', values: ['5', '10'] },
    columns: { field: 'schedule', values: ['linear', 'cosine'] },
  };

  it('is of any two fields, and of the stage in all else', () => {
    const table = ownTable(axes, stage, defaultConfig);
    if (typeof table === 'string') throw new Error(table);
    expect(table.rows.map(({ label }) => label)).toEqual(['steps S = 5', 'steps S = 10']);
    expect(table.rows[1]!.run).toEqual({ nSteps: 10 });
    expect(table.columns[1]!.config).toEqual({ schedule: 'cosine' });
    expect(table.base.run).toMatchObject({ sampler: 'heun', nSteps: 30, parameters: { sChurn: 20 } });
    const others = ownTable(
      { ...axes, columns: { field: 'sampler', values: ['ddim'] } },
      stage,
      defaultConfig,
    );
    // Numbers are those of the stage's own sampler.
    expect(others).toMatchObject({ base: { run: { parameters: {} } } });
  });

  it.each([
    [{ field: 'nSteps', values: ['5', 'many'] }, /nSteps = "many" is not a finite number/],
    [{ field: 'nSteps', values: [] }, /rows.values has 0 values/],
    [{ field: 'eta', values: ['2'] }, /eta = 2 is above 1/],
    [{ field: 'tweedie', values: ['perhaps'] }, /tweedie = "perhaps" is not a boolean/],
    [{ field: 'nobody', values: ['1'] }, /rows.field = "nobody" is unknown/],
    [{ field: 'schedule', values: ['linear'] }, /columns.field = "schedule" is that of the rows, too/],
  ])('with rows %j is refused in a sentence', (rows, message) => {
    expect(ownTable({ ...axes, rows }, stage, defaultConfig)).toMatch(message);
  });

  it('is kept in a link to the letter', () => {
    const choice = { ...axes, rows: { field: 'guidance', values: ['-1', '0.5'] }, trainSteps: 500 };
    const texts = writeTexts(TABLE_FIELDS, choice);
    const search = encodeConfig(applyPatch(defaultConfig, { table: 'own', comparison: texts }));
    const { config, warnings } = decodeConfig(search);
    expect(warnings).toEqual([]);
    expect(config.table).toBe('own');
    expect(readTexts(TABLE_FIELDS, config.comparison)).toEqual({ settings: choice, warnings: [] });
  });

  it.each(axisFields.map(({ name, choices }) => [name, choices] as const))(
    'may have %s in its rows',
    (name, choices) => {
      if (choices === null) return;
      const axis = axisOf({ field: name, values: choices.slice(0, 2) });
      const columns = name === 'nSteps' ? axes.columns : { field: 'nSteps', values: [5] };
      const build = () => axesOf(axis, columns, { ...defaultConfig, learnedVariance: true });
      if (name === 'dataset' || name === 'schedule') return; // those of the person's own need what they are made of
      expect(build).not.toThrow();
    },
  );
});

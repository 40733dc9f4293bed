import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { table } from '../../../../src/families/gaussian/studies/table.ts';
import type { TableRequest } from '../../../../src/protocol/studies.ts';
import { smallConfig } from '../smallExperiment.ts';
import { askedOf, studied } from './studyOnCpu.ts';

const request: TableRequest = {
  base: { run: { sampler: 'ddim' } },
  rows: [
    { label: 'S = 2', run: { nSteps: 2 } },
    { label: 'S = 10', run: { nSteps: 10 } },
  ],
  columns: [
    { label: 'η = 0', run: { eta: 0 } },
    { label: 'η = 1', run: { eta: 1 } },
  ],
  denoisers: ['learned', 'exact'],
  n: 200,
  seed: 1,
  trainSteps: 5,
  bits: false,
};

describe('a table', () => {
  it('fills every cell by both denoisers, and tells of each', async () => {
    const { result, heard } = await studied(table, request, await askedOf(smallConfig));
    expect(result.cells).toHaveLength(8);
    expect(heard.map(({ soFar }) => soFar.cells.length)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(result.cells.map(({ row, column, denoiser }) => `${row}${column}${denoiser}`)).size).toBe(
      8,
    );
    for (const { blank, w2, strays, nfe, row } of result.cells) {
      expect(blank).toBeNull();
      expect(w2).toBeGreaterThan(0);
      expect(strays).toBeGreaterThanOrEqual(0);
      expect(nfe).toBe(row === 0 ? 2 : 10);
    }
  });

  it('trains a model for every other experiment once, with its bits, and frees it', async () => {
    const of = await askedOf(smallConfig);
    const trained: string[] = [];
    const learn: typeof of.learn = (config, steps) => {
      trained.push(`${config.schedule} ${steps}`);
      return of.learn(config, steps);
    };
    const tensors = tf.memory().numTensors;
    const { result } = await studied(
      table,
      {
        ...request,
        rows: ['linear', 'cosine'].map((schedule) => ({ label: schedule, config: { schedule } })),
        columns: (['beta', 'beta-tilde'] as const).map((variance) => ({
          label: variance,
          run: { sampler: 'ddpm', nSteps: 10, variance },
        })),
        bits: true,
      },
      { ...of, learn },
    );
    expect(trained).toEqual(['cosine 5']);
    expect(tf.memory().numTensors).toBe(tensors);
    const bits = (row: number, column: number, denoiser: string) =>
      result.cells.find((cell) => cell.row === row && cell.column === column && cell.denoiser === denoiser)!
        .bits!;
    for (const row of [0, 1]) {
      for (const column of [0, 1])
        expect(bits(row, column, 'learned')).toBeGreaterThan(bits(row, column, 'exact'));
    }
  }, 60_000);

  it('leaves blank, and says why, what has no numbers', async () => {
    const of = await askedOf(smallConfig);
    const { result } = await studied(
      table,
      {
        ...request,
        rows: [{ label: 'learned variance', run: { sampler: 'ddpm', nSteps: 5, variance: 'learned' } }],
        columns: [{ label: 'own' }, { label: 'wild', config: { learningRate: 0.1, output: 'x0' } }],
        denoisers: ['learned'],
      },
      {
        ...of,
        async *learn() {
          yield;
          return 'Training diverged at step 3.';
        },
      },
    );
    expect(result.cells.map(({ blank }) => blank)).toEqual([
      'This denoiser has learned no variance.',
      'Training diverged at step 3.',
    ]);
    expect(result.cells[0]!.w2).toBeNaN();
  });

  it('holds cells that ask for a class against it, and says how surely their samples are of it', async () => {
    const of = await askedOf({ ...smallConfig, conditional: true });
    const classes = {
      ...request,
      base: { run: { sampler: 'ddim', nSteps: 10, eta: 0 } },
      rows: [1, 2].map((ofClass) => ({ label: `class ${ofClass}`, run: { ofClass } })),
      columns: [0, 2].map((guidance) => ({ label: `w = ${guidance}`, run: { guidance } })),
      denoisers: ['exact'] as const,
    };
    const { result } = await studied(table, classes, of);
    const [plain, guided] = result.cells;
    for (const { accuracy, accuracyError, missed, strays } of result.cells) {
      expect(accuracy).toBeGreaterThan(0.9);
      expect(accuracyError).toBeLessThan(0.05);
      expect(missed).toBeLessThanOrEqual(1);
      expect(strays).toBeLessThan(0.2);
    }
    expect(guided!.accuracy!).toBeGreaterThanOrEqual(plain!.accuracy! - 0.01);
    const beyond = { ...classes, rows: [{ label: 'class 3', run: { ofClass: 3 } }] };
    const { result: none } = await studied(table, beyond, of);
    expect(none.cells[0]!.blank).toMatch(/No class 3 is taught: these data have 2/);
    expect(none.cells[0]!.accuracy).toBeNull();
  });
});

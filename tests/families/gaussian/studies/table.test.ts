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
});

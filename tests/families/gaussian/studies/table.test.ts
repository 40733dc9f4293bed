import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { simdBackend } from '../../../../src/backends/simd/backend.ts';
import { initialState } from '../../../../src/backends/state.ts';
import { createExperiment } from '../../../../src/families/gaussian/experiment.ts';
import { table } from '../../../../src/families/gaussian/studies/table.ts';
import type { TableRequest } from '../../../../src/protocol/studies.ts';
import { startTraining } from '../../../../src/runtime/training.ts';
import { openCpu } from '../../../backends/tfjsOnCpu.ts';
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
    const of = await askedOf(smallConfig, openCpu);
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

describe('a table of students', () => {
  const config = { ...smallConfig, nChain: 100, width: 16, depth: 2, batchSize: 64, nPoints: 1000 };
  const students: TableRequest = {
    ...request,
    base: { run: { sampler: 'ddim', eta: 0 } },
    rows: [8, 2, 1].map((nSteps) => ({ label: `S = ${nSteps}`, run: { nSteps } })),
    columns: [{ label: 'DDIM' }, { label: 'student', distilledFrom: 8 }],
    trainSteps: 200,
  };

  it('is nearer to the data than its teacher with as few steps, and is itself with all', async () => {
    const backend = await simdBackend();
    const experiment = createExperiment(config);
    const training = startTraining(backend, experiment, initialState(experiment));
    while (training.step < 600) await training.slice(config, 600 - training.step);
    const network = training.freeze();
    const model = { backend, network, source: 'own', step: training.step } as const;
    const of = { ...(await askedOf(config)), model, experiment };
    const held = backend.memory();
    const { result, heard } = await studied(table, students, of);
    expect(backend.memory()).toEqual(held);
    const at = (row: number, column: number, denoiser = 'learned') =>
      result.cells.find((cell) => cell.row === row && cell.column === column && cell.denoiser === denoiser)!;
    expect(result.cells).toHaveLength(12);
    expect(at(0, 1)).toEqual({ ...at(0, 0), column: 1 });
    for (const row of [1, 2]) {
      expect(at(row, 1).w2).toBeLessThan(0.5 * at(row, 0).w2);
      expect(at(row, 1).nfe).toBe(at(row, 0).nfe);
      // A perfect student ends where the exact answer does with its first teacher's steps.
      expect(at(row, 1, 'exact')).toEqual({ ...at(0, 0, 'exact'), row, column: 1, nfe: at(row, 0).nfe });
    }
    const done = heard.map((each) => each.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
    // It tells how far a student has come, too.
    expect(done.length).toBeGreaterThan(12 + 1);
    training.dispose();
    network.dispose();
    backend.dispose();
  }, 60_000);

  it('frees the student at work when it is left', async () => {
    const of = await askedOf(smallConfig, openCpu);
    const tensors = tf.memory().numTensors;
    const few = { ...students, columns: students.columns.slice(1), denoisers: ['learned'] as const };
    for (const seen of [0.3, 0.6]) {
      let done = 0;
      const steps = table({ ...few, trainSteps: 40 }, of, (_, share) => {
        done = share;
      });
      while (done < seen) await steps.next();
      await steps.return({ cells: [] });
      expect(tf.memory().numTensors).toBe(tensors);
    }
  });

  it.each([
    [{ distilledFrom: 6, run: { nSteps: 4 } }, /No student of a teacher of 6 steps takes 4/],
    [{ distilledFrom: 4, run: { nSteps: 8 } }, /No student of a teacher of 4 steps takes 8/],
    [{ distilledFrom: 20, run: { nSteps: 5 } }, /A teacher of 20 steps does not fit a chain of 10/],
    [{ distilledFrom: 4.5, run: { nSteps: 2 } }, /4.5 steps/],
    [{ distilledFrom: 8, run: { nSteps: 4, eta: 1 } }, /Only DDIM that adds no noise/],
    [{ distilledFrom: 8, run: { nSteps: 4, variance: 'optimal' as const } }, /Only DDIM that adds no noise/],
    [{ distilledFrom: 8, run: { nSteps: 4, sampler: 'heun' } }, /Only DDIM that adds no noise/],
    [{ distilledFrom: 8, run: { nSteps: 4, ofClass: 1 }, config: { conditional: true } }, /any class alone/],
    [{ distilledFrom: 8, run: { nSteps: 4 }, config: { output: 'eps' } }, /predict v or x₀/],
  ])('leaves %j blank, and says why', async (entry, why) => {
    const row = { label: 'bad', ...entry };
    const { result } = await studied(
      table,
      { ...students, rows: [row], columns: [{ label: 'only' }], denoisers: ['learned'] },
      await askedOf(smallConfig),
    );
    expect(result.cells[0]!.blank).toMatch(why);
  });
});

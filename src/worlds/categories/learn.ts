import {
  type DenseTrainer,
  denseMachine,
  denseRatesAt,
  freshDenseTrainer,
  type Slopes,
} from '../../backends/dense/index.ts';
import { datasets } from '../../core/datasets/index.ts';
import { drawIndex } from '../../core/discrete/draw.ts';
import { CELLS, cellShares, keptInformation } from '../../core/discrete/grid.ts';
import { letterChain } from '../../core/discrete/matrices.ts';
import { firstAbove } from '../../core/firstAbove.ts';
import { softmaxGroups } from '../../core/losses/crossEntropy.ts';
import { createRng } from '../../core/rng.ts';
import { TIME_FEATURES, timeFeatureTable } from '../../families/discrete/timeFeatures.ts';
import type { Learner, WorldModel } from '../learner.ts';
import { categoriesAnswers } from './learning/answers.ts';
import { timeDraws } from './learning/draws.ts';
import { type AddLikelihood, addLikelihood } from './learning/likelihood.ts';
import { categoriesLoss } from './learning/loss.ts';
import type { CategoriesModel } from './learning/model.ts';
import { categoriesRecordings } from './learning/record.ts';
import type { CategoriesSettings } from './world.ts';

const widthOf = (n: number) => 2 * n + TIME_FEATURES;

/** @param inputs [rows][width] of zeros, which receives them @returns `inputs` */
function inputsOf(
  cells: Uint8Array,
  rows: number,
  tOf: (row: number) => number,
  n: number,
  times: Float32Array,
  inputs = new Float32Array(rows * widthOf(n)),
) {
  const width = widthOf(n);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    inputs[at + cells[2 * row]!] = 1;
    inputs[at + n + cells[2 * row + 1]!] = 1;
    const t = tOf(row) * TIME_FEATURES;
    for (let i = 0; i < TIME_FEATURES; i++) inputs[at + 2 * n + i] = times[t + i]!;
  }
  return inputs;
}

export const categoriesLearner: Learner<CategoriesSettings> = {
  async build(settings): Promise<WorldModel<CategoriesSettings>> {
    const { dataset, noise, matrix, schedule, nChain: T, variables, width, depth, seed } = settings;
    const q0 = cellShares(datasets.get(dataset), noise);
    const n = matrix === 'absorbing' ? CELLS + 1 : CELLS;
    const information = (Qbar: Float64Array) => keptInformation(q0, Qbar, n);
    const chain = letterChain({ matrix, schedule, T, values: CELLS, information });
    const rng = createRng(seed).fork('categories');
    const isJoint = variables === 'one';
    const outputs = isJoint ? CELLS * CELLS : 2 * CELLS;
    const shape = { inputs: widthOf(n), width, depth, outputs, residual: false };
    const trainer = freshDenseTrainer(await denseMachine(), shape, rng.fork('weights'));
    const times = timeFeatureTable(T);
    const withLikelihood = addLikelihood(chain, isJoint);
    const cumulative = Float64Array.from(q0);
    for (let k = 1; k < cumulative.length; k++) cumulative[k]! += cumulative[k - 1]!;
    const model: CategoriesModel = {
      q0,
      fineShares: (pieces) => cellShares(datasets.get(dataset), noise, pieces * CELLS),
      chain,
      rng,
      isJoint,
      predict(cells, rows, t) {
        const tOf = () => t;
        const logits = trainer.evaluate(inputsOf(cells, rows, tOf, n, times), rows);
        return softmaxGroups(withLikelihood(logits, cells, rows, tOf), isJoint ? CELLS * CELLS : CELLS);
      },
      drawCell(stream) {
        const cell = firstAbove(cumulative, stream.uniform() * cumulative.at(-1)!);
        return [Math.floor(cell / CELLS), cell % CELLS];
      },
    };
    return {
      get step() {
        return trainer.step;
      },
      train: trainerOf(trainer, model, times, withLikelihood),
      recordings: categoriesRecordings(model),
      answers: categoriesAnswers(model),
      dispose: () => trainer.dispose(),
    };
  },
};

const batchOf = (rows: number, n: number) => ({
  ...{ rows, x0: new Uint8Array(2 * rows), xt: new Uint8Array(2 * rows) },
  ...{ times: new Int32Array(rows), gains: new Float64Array(rows) },
  inputs: new Float32Array(rows * widthOf(n)),
});

/** Steps on batches of fresh cells. */
function trainerOf(
  trainer: DenseTrainer,
  model: CategoriesModel,
  table: Float32Array,
  withLikelihood: AddLikelihood,
) {
  const { q0, chain, rng } = model;
  const { n, Qbar } = chain;
  const stream = rng.fork('batches');
  const draws = timeDraws(q0, chain);
  // Made once: arrays by the thousand would keep the collector of garbage busy.
  let batch = batchOf(0, n);
  return ({
    batchSize: rows,
    learningRate,
    budgetSteps,
    emaDecay,
    loss,
    lambda,
  }: CategoriesSettings): number => {
    if (batch.rows !== rows) batch = batchOf(rows, n);
    const { x0, xt, times, gains } = batch;
    for (let row = 0; row < rows; row++) {
      const t = draws.draw(stream);
      times[row] = t;
      gains[row] = draws.gain(t);
      x0.set(model.drawCell(stream), 2 * row);
      for (let k = 2 * row; k < 2 * row + 2; k++) xt[k] = drawIndex(Qbar[t]!, stream, x0[k]! * n, n);
    }
    const tOf = (row: number) => times[row]!;
    const inputs = inputsOf(xt, rows, tOf, n, table, batch.inputs.fill(0));
    const rates = denseRatesAt(trainer.step, { learningRate, budget: budgetSteps, emaDecay });
    const slopes = categoriesLoss(model, batch, loss, lambda);
    const ofLogits: Slopes = (logits, into) => slopes(withLikelihood(logits, xt, rows, tOf), into);
    return trainer.train(inputs, rows, ofLogits, rates);
  };
}

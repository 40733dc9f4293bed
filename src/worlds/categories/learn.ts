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

function inputsOf(
  cells: Uint8Array,
  rows: number,
  tOf: (row: number) => number,
  n: number,
  times: Float32Array,
) {
  const width = 2 * n + TIME_FEATURES;
  const inputs = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    inputs[at + cells[2 * row]!] = 1;
    inputs[at + n + cells[2 * row + 1]!] = 1;
    const t = tOf(row) * TIME_FEATURES;
    inputs.set(times.subarray(t, t + TIME_FEATURES), at + 2 * n);
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
    const shape = { inputs: 2 * n + TIME_FEATURES, width, depth, outputs, residual: false };
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

/** Steps on batches of fresh cells. */
function trainerOf(
  trainer: DenseTrainer,
  model: CategoriesModel,
  table: Float32Array,
  withLikelihood: AddLikelihood,
) {
  const { q0, chain, rng } = model;
  const stream = rng.fork('batches');
  const draws = timeDraws(q0, chain);
  return ({
    batchSize: rows,
    learningRate,
    budgetSteps,
    emaDecay,
    loss,
    lambda,
  }: CategoriesSettings): number => {
    const x0 = new Uint8Array(2 * rows);
    const xt = new Uint8Array(2 * rows);
    const times = new Int32Array(rows);
    const gains = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const t = draws.draw(stream);
      times[row] = t;
      gains[row] = draws.gain(t);
      for (const [axis, value] of model.drawCell(stream).entries()) {
        x0[2 * row + axis] = value;
        xt[2 * row + axis] = drawIndex(chain.Qbar[t]!, stream, value * chain.n, chain.n);
      }
    }
    const tOf = (row: number) => times[row]!;
    const inputs = inputsOf(xt, rows, tOf, chain.n, table);
    const rates = denseRatesAt(trainer.step, { learningRate, budget: budgetSteps, emaDecay });
    const batch = { rows, x0, xt, times, gains };
    const slopes = categoriesLoss(model, batch, loss, lambda);
    const ofLogits: Slopes = (logits, into) => slopes(withLikelihood(logits, xt, rows, tOf), into);
    return trainer.train(inputs, rows, ofLogits, rates);
  };
}

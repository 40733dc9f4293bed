import {
  type DenseTrainer,
  denseMachine,
  denseRatesAt,
  freshDenseTrainer,
} from '../../backends/dense/index.ts';
import { discreteBetas } from '../../core/discrete/betas.ts';
import { BITS, bitChain, bitPosteriors, requirePatterns } from '../../core/discrete/bits.ts';
import { createRng } from '../../core/rng.ts';
import { TIME_FEATURES, timeFeatureTable } from '../../families/discrete/timeFeatures.ts';
import type { Learner, WorldModel } from '../learner.ts';
import { bitsAnswers } from './learning/answers.ts';
import { bitsLoss } from './learning/loss.ts';
import type { BitsModel } from './learning/model.ts';
import { bitsRecordings } from './learning/record.ts';
import type { BitsSettings } from './world.ts';

/** Bits as ±1, then the time. */
const INPUTS = BITS + TIME_FEATURES;

/** @param x [n][20] of 0 and 1 @param times of timeFeatureTable @returns `inputs`, [n][INPUTS] */
function inputsOf(
  x: ArrayLike<number>,
  n: number,
  timeOf: (row: number) => number,
  times: Float32Array,
  inputs = new Float32Array(n * INPUTS),
): Float32Array {
  for (let row = 0; row < n; row++) {
    const at = row * INPUTS;
    for (let i = 0; i < BITS; i++) inputs[at + i] = 2 * x[row * BITS + i]! - 1;
    const t = timeOf(row) * TIME_FEATURES;
    for (let i = 0; i < TIME_FEATURES; i++) inputs[at + BITS + i] = times[t + i]!;
  }
  return inputs;
}

export const bitsLearner: Learner<BitsSettings> = {
  async build(settings): Promise<WorldModel<BitsSettings>> {
    const patterns = settings.patterns.map((pattern) => Uint8Array.from(pattern, Number));
    requirePatterns(patterns);
    const { schedule, nChain: T, width, depth, seed } = settings;
    const chain = bitChain(discreteBetas(schedule, T));
    const table = timeFeatureTable(T);
    const rng = createRng(seed).fork('bits');
    const shape = { inputs: INPUTS, width, depth, outputs: BITS, residual: false };
    const trainer = freshDenseTrainer(await denseMachine(), shape, rng.fork('weights'));
    const model: BitsModel = {
      patterns,
      chain,
      rng,
      predict(x, n, t) {
        const timeOf = typeof t === 'number' ? () => t : (row: number) => t[row]!;
        const logits = trainer.evaluate(inputsOf(x, n, timeOf, table), n);
        return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
      },
    };
    return {
      get step() {
        return trainer.step;
      },
      train: trainerOf(trainer, model, table),
      recordings: bitsRecordings(model),
      answers: bitsAnswers(model),
      dispose: () => trainer.dispose(),
    };
  },
};

const batchOf = (n: number) => ({
  ...{ n, x0: new Uint8Array(n * BITS), xt: new Uint8Array(n * BITS), times: new Int32Array(n) },
  inputs: new Float32Array(n * INPUTS),
});

/** Steps on batches of fresh noised patterns, t uniform. */
function trainerOf(trainer: DenseTrainer, { patterns, chain, rng }: BitsModel, table: Float32Array) {
  const stream = rng.fork('batches');
  const steps = Array.from({ length: chain.T + 1 }, (_, t) => bitPosteriors(chain, Math.max(0, t - 1), t));
  // Made once: arrays by the thousand would keep the collector of garbage busy.
  let batch = batchOf(0);
  return ({ batchSize: n, learningRate, budgetSteps, emaDecay, loss }: BitsSettings): number => {
    if (batch.n !== n) batch = batchOf(n);
    const { x0, xt, times } = batch;
    for (let row = 0; row < n; row++) {
      const pattern = patterns[stream.integer(patterns.length)]!;
      const t = 1 + stream.integer(chain.T);
      const flip = (1 - chain.kept[t]!) / 2;
      times[row] = t;
      for (let i = 0; i < BITS; i++) {
        const at = row * BITS + i;
        x0[at] = pattern[i]!;
        xt[at] = stream.uniform() < flip ? 1 - pattern[i]! : pattern[i]!;
      }
    }
    const inputs = inputsOf(xt, n, (row) => times[row]!, table, batch.inputs);
    const rates = denseRatesAt(trainer.step, { learningRate, budget: budgetSteps, emaDecay });
    return trainer.train(inputs, n, bitsLoss(steps, batch, loss), rates);
  };
}

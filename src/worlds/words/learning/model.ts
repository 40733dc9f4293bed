import type { DenseTrainer } from '../../../backends/dense/index.ts';
import type { Rng } from '../../../core/types.ts';
import type { Process } from './methods/method.ts';

/** A method in training. */
export interface WordsModel {
  readonly process: Process;
  readonly net: DenseTrainer;
  readonly rng: Rng;
  /** One step. @returns the loss */
  train(budgetSteps: number): number;
}

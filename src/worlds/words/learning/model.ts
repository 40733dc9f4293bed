import type { DenseTrainer } from '../../../backends/dense/index.ts';
import type { Rng } from '../../../core/types.ts';
import type { Classifiers } from './classifiers.ts';
import type { Process } from './methods/method.ts';

/** A method in training. */
export interface WordsModel {
  readonly process: Process;
  readonly net: DenseTrainer;
  readonly rng: Rng;
  /** What leads its samples to what is asked; null where the method knows no control. */
  readonly classifiers: Classifiers | null;
  /** One step. @returns the loss */
  train(budgetSteps: number): number;
  dispose(): void;
}

import { slicedWasserstein2 } from '../../../core/metrics/index.ts';
import { createRng } from '../../../core/rng.ts';
import { toData, toScaled } from '../../../core/standardize.ts';
import type { Vector } from '../../../core/types.ts';
import type { Condition } from '../../../experiment/conditions/types.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import { freshData, type GaussianExperiment, targetOf } from '../experiment.ts';
import { truePoints } from '../yardstick.ts';
import { standardInSteps } from './judge.ts';

/** What the samples of a stage should be: draws of the data, of a class, or of what a condition asks for. */
export interface BudgetTruth {
  /** A draw to hold samples against, [n][2] data units; others for every number. */
  held(draw: number): Vector;
  /** A draw to begin at, noised, in the place of pure noise; [n][2] scaled units. */
  start(draw: number): Vector;
  /** Sliced W₂ between independent draws, data units. */
  readonly distances: readonly number[];
}

/** Pairs of draws that say what sliced W₂ is at best, as many as of the data themselves. */
const N_PAIRS = 32;

/** @param n points in a draw */
export async function* budgetTruth(
  { condition, ofClass }: Pick<ReverseStage, 'condition' | 'ofClass'>,
  experiment: GaussianExperiment,
  n: number,
): AsyncGenerator<void, BudgetTruth, void> {
  if (condition !== null) return yield* conditionedTruth(condition, ofClass, experiment, n);
  const target = targetOf(experiment, ofClass);
  const { distances } = yield* standardInSteps(target, n);
  return {
    held: (draw) => truePoints(target, draw, n),
    start: (draw) => toScaled(experiment.standardization, freshData(target, n, draw)),
    distances,
  };
}

async function* conditionedTruth(
  condition: Condition,
  ofClass: number,
  experiment: GaussianExperiment,
  n: number,
): AsyncGenerator<void, BudgetTruth, void> {
  const conditions = await import('../conditions/target.ts');
  conditions.requireCondition(condition, experiment);
  const target = conditions.targetOf(condition, experiment, ofClass);
  const drawn = (seed: number, of: string) => target.draw(n, createRng(seed).fork(of));
  const held = (seed: number, of: string) => toData(experiment.standardization, drawn(seed, of));
  const distances: number[] = [];
  for (let k = 0; k < N_PAIRS; k++) {
    distances.push(slicedWasserstein2(held(k, 'one of a pair'), held(k, 'the other')));
    yield;
  }
  return {
    held: (draw) => held(draw, 'held against'),
    start: (draw) => drawn(draw, 'true start'),
    distances,
  };
}

import { drawDensity } from '../../../core/exact/drawDensity.ts';
import { drawOnLine, drawTempered, lineConditional, productDensity } from '../../../core/guidance/index.ts';
import { createRng } from '../../../core/rng.ts';
import { toData } from '../../../core/standardize.ts';
import type { Rng, Vector } from '../../../core/types.ts';
import { conditionProblem } from '../../../experiment/conditions/problem.ts';
import type { Condition } from '../../../experiment/conditions/types.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import type { ExactRequest } from '../../../protocol/protocol.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { densityFor } from '../guidance.ts';
import { labelledOf, scaledFactor, scaledLine } from './scaled.ts';

/** What samples under a condition should be draws of. */
export interface ConditionTarget {
  /** Independent draws, [n][2], scaled units. */
  draw(n: number, rng: Rng): Vector;
  /** ln ∫p·r of a factor, ln p(u·x = value) of a known coordinate in 1/data unit; null for a class. */
  readonly logZ: number | null;
}

/** @param ofClass 1…K where the rest asks for a class too, 0 for any */
export function targetOf(condition: Condition, experiment: GaussianExperiment, ofClass = 0): ConditionTarget {
  const { standardization: units } = experiment;
  switch (condition.kind) {
    case 'r': {
      const { density, logZ } = productDensity(
        densityFor(experiment, ofClass),
        scaledFactor(condition, units),
      );
      return { draw: (n, rng) => drawDensity(density, n, rng), logZ };
    }
    case 'known': {
      const line = scaledLine(condition, units);
      const conditional = lineConditional(densityFor(experiment, ofClass), line);
      return {
        draw: (n, rng) => drawOnLine(conditional, line, n, rng),
        logZ: conditional.logEvidence - Math.log(units.scale),
      };
    }
    case 'class': {
      const { index, scale } = condition;
      return {
        draw: (n, rng) => drawTempered(labelledOf(experiment), index - 1, scale, n, rng),
        logZ: null,
      };
    }
  }
}

/** @throws EngineError 'bad-request' where the data cannot meet the condition */
export function requireCondition(condition: Condition, { dataset, noise }: GaussianExperiment): void {
  const found = conditionProblem(condition, dataset, noise);
  if (found) throw badRequest(found.problem, found.advice);
}

/** Draws of exactly what a condition asks for, [n][2], data units. */
export function drawExact({ condition, n, seed }: ExactRequest, experiment: GaussianExperiment): Vector {
  requireInteger('n', n, 1, 100_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireCondition(condition, experiment);
  const rng = createRng(seed).fork('exact condition');
  return toData(experiment.standardization, targetOf(condition, experiment).draw(n, rng));
}

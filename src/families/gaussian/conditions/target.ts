import { drawDensity } from '../../../core/exact/drawDensity.ts';
import { classDensity } from '../../../core/exact/labelled.ts';
import {
  drawOnLine,
  drawTempered,
  drawWithin,
  lineConditional,
  lineDensity,
  productDensity,
  temperedDensity,
  toLineAxes,
} from '../../../core/guidance/index.ts';
import { createRng } from '../../../core/rng.ts';
import { toData } from '../../../core/standardize.ts';
import type { Density, Rng, Vector } from '../../../core/types.ts';
import { conditionProblem } from '../../../experiment/conditions/problem.ts';
import type { Condition } from '../../../experiment/conditions/types.ts';
import { badRequest, requireInteger } from '../../../protocol/errors.ts';
import type { ExactRequest } from '../../../protocol/protocol.ts';
import type { GaussianExperiment } from '../experiment.ts';
import { densityFor } from '../guidance.ts';
import { labelledOf, regionOf, scaledFactor, scaledLine, scaledRegion } from './scaled.ts';

/** What samples under a condition should be draws of. */
export interface ConditionTarget {
  /** Independent draws, [n][2], scaled units. */
  draw(n: number, rng: Rng): Vector;
  /** ln ∫p·r of a factor, ln p(u·x = value) of a known coordinate in 1/data unit, ln P(A) of a region; null for a class. */
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
    case 'region': {
      const region = scaledRegion(condition, units);
      return {
        draw: (n, rng) => drawWithin(densityFor(experiment, ofClass), region, n, rng),
        logZ: Math.log(regionOf(condition, experiment, ofClass).mass),
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

/** p̃ of a condition as a density, in axes of its own where one coordinate is known; scaled units. */
export interface TargetDensity {
  readonly density: Density;
  /** Points in those axes. */
  readonly axes: (x: Vector) => Vector;
}

const same = (x: Vector): Vector => x;
/** Half width of the square that holds the data, scaled units. */
const DATA_REACH = 3;

/** The density that `targetOf` draws from; that of a class at a scale other than 1 on a grid. */
export function targetDensity(
  condition: Condition,
  experiment: GaussianExperiment,
  ofClass = 0,
): TargetDensity {
  const { standardization: units } = experiment;
  switch (condition.kind) {
    case 'r': {
      const { density } = productDensity(densityFor(experiment, ofClass), scaledFactor(condition, units));
      return { density, axes: same };
    }
    case 'known': {
      const line = scaledLine(condition, units);
      const conditional = lineConditional(densityFor(experiment, ofClass), line);
      return { density: lineDensity(conditional, line), axes: (x) => toLineAxes(x, line) };
    }
    case 'region': {
      return { density: regionOf(condition, experiment, ofClass).density, axes: same };
    }
    case 'class': {
      const { index, scale } = condition;
      const labelled = labelledOf(experiment);
      const density =
        scale === 1
          ? classDensity(labelled, index - 1)
          : temperedDensity(labelled, index - 1, scale, DATA_REACH);
      return { density, axes: same };
    }
  }
}

/** Conditions that the data of an experiment meet: every recording asks anew. */
const met = new WeakMap<Condition, GaussianExperiment>();

/** @throws EngineError 'bad-request' where the data cannot meet the condition */
export function requireCondition(condition: Condition, experiment: GaussianExperiment): void {
  if (met.get(condition) === experiment) return;
  const found = conditionProblem(condition, experiment.dataset, experiment.noise);
  if (found) throw badRequest(found.problem, found.advice);
  met.set(condition, experiment);
}

/** Draws of exactly what a condition asks for, [n][2], data units. */
export function drawExact({ condition, n, seed }: ExactRequest, experiment: GaussianExperiment): Vector {
  requireInteger('n', n, 1, 100_000);
  requireInteger('seed', seed, 0, 2 ** 32 - 1);
  requireCondition(condition, experiment);
  const rng = createRng(seed).fork('exact condition');
  return toData(experiment.standardization, targetOf(condition, experiment).draw(n, rng));
}

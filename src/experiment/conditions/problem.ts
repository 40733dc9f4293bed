import { lineConditional, productDensity, regionDensity } from '../../core/guidance/index.ts';
import { unitsOf } from '../../core/standardize.ts';
import type { Dataset } from '../../core/types.ts';
import { type Condition, covarianceOf, directionOf } from './types.ts';

/** Why a condition cannot be kept, for people: what is wrong, and what to do. */
export interface ConditionProblem {
  readonly problem: string;
  readonly advice: string;
}

/** Below this share of the data's mass, r is called zero on them. */
const LEAST_MASS = 1e-12;
/** Below this density, in units of the data's deviation, a known value is called outside of them. */
const LEAST_DENSITY = 1e-6;
/** With less of the data's mass in it, a region is called empty. */
const LEAST_WITHIN = 1e-3;

/** What is wrong with a condition on these data; null for nothing. */
export function conditionProblem(
  condition: Condition,
  dataset: Dataset,
  noise: number,
): ConditionProblem | null {
  switch (condition.kind) {
    case 'r': {
      const r = { mean: condition.centre, covariance: covarianceOf(condition) };
      if (productDensity(dataset.density(noise), r).logZ > Math.log(LEAST_MASS)) return null;
      return {
        problem: 'r is zero wherever there are data.',
        advice: 'Move its centre to the data, or make it wider.',
      };
    }
    case 'known': {
      const line = { direction: directionOf(condition), value: condition.value };
      const { logEvidence } = lineConditional(dataset.density(noise), line);
      if (logEvidence + Math.log(unitsOf(dataset, noise).scale) > Math.log(LEAST_DENSITY)) return null;
      return {
        problem: `The known value ${condition.value} lies outside the data.`,
        advice: 'Choose a value that the data have along that direction.',
      };
    }
    case 'region':
      if (regionDensity(dataset.density(noise), condition.outline).mass > LEAST_WITHIN) return null;
      return {
        problem: 'Fewer than one in a thousand of the data lie within the outline.',
        advice: 'Draw it around some of them.',
      };
    case 'class': {
      const count = dataset.classNames.length;
      if (condition.index <= count) return null;
      return count === 0
        ? {
            problem: 'These data have no classes.',
            advice: 'Choose data with classes, or another condition.',
          }
        : { problem: `There is no class ${condition.index}.`, advice: `Choose a class from 1 to ${count}.` };
    }
  }
}

import { varianceOf } from '../../core/samplers/variances.ts';
import type { Sampler, SamplerOptions } from '../../core/types.ts';
import type { ConditionProblem } from './problem.ts';
import type { Condition } from './types.ts';

/** What of a stage decides which ways it can go. */
export interface WaySettings extends Pick<SamplerOptions, 'eta' | 'variance'> {
  readonly direction: 'sample' | 'encode';
}

/** Whether a way shifts the draw of each step. */
export function shiftsDraws(condition: Condition): boolean {
  switch (condition.kind) {
    case 'r':
      return condition.way === '2015' || condition.way === 'product';
    case 'known':
    case 'region':
      return false;
    case 'class':
      return condition.way !== 'classifier-free' && condition.algorithm === 1;
  }
}

/** Whether samples are of the exact target, where denoiser, start and steps are. Guidance by s is not, unless s is 1; Algorithm 1 shifts each step's mean alone. */
export const isExactWay = (condition: Condition): boolean =>
  condition.way === 'exact' &&
  (condition.kind !== 'class' || (condition.scale === 1 && condition.algorithm === 2));

/** Whether a way replaces what is known after every step. */
export const replaces = (condition: Condition): boolean =>
  condition.kind === 'known' && (condition.way === 'replacement' || condition.way === 'repaint');

/**
 * Why a stage cannot keep its condition in this way; null where it can.
 */
export function wayProblem(
  condition: Condition,
  { eta, variance, direction }: WaySettings,
  sampler: Sampler,
): ConditionProblem | null {
  const label = sampler.label;
  if (direction === 'encode' && !sampler.stochastic({ eta, variance })) {
    return {
      problem: 'A condition is on samples, and this stage encodes.',
      advice: 'Choose Sample, or no condition.',
    };
  }
  if (sampler.fixedTime !== undefined) {
    return {
      problem: `${label} stays at one noise level and never comes to the data, on which the condition is.`,
      advice: 'Choose another sampler.',
    };
  }
  if (shiftsDraws(condition)) {
    if (!sampler.draws?.({ eta, variance })) {
      return {
        problem: `This way shifts the Gaussian from which each step is drawn, and ${label} draws from none.`,
        advice: 'Choose DDPM, DDIM with η above 0 or the optimal variance, or another way.',
      };
    }
    if (varianceOf(sampler, variance) === 'learned') {
      return {
        problem: 'This way needs one variance for all points, and a learned one is of each.',
        advice: 'Choose β̃ or β, or another way.',
      };
    }
  }
  if (replaces(condition) && sampler.adaptive) {
    return {
      problem: `Replacement is made after every step, and ${label} chooses its own.`,
      advice: 'Choose a sampler with a number of steps, or another way.',
    };
  }
  return null;
}

/** The same for a class that the network itself is asked for. @param nTaught classes that it is taught */
export function taughtProblem(condition: Condition, nTaught: number): ConditionProblem | null {
  if (condition.kind !== 'class' || condition.way !== 'classifier-free' || condition.index <= nTaught)
    return null;
  return {
    problem: 'Classifier-free guidance needs a network that is taught the classes.',
    advice: "Turn on classes in the model's settings (conditional: true), or guide by a classifier.",
  };
}

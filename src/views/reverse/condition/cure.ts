import { mostSteps } from '../mostSteps.ts';
import { stepRule, stepsOf } from '../parameters.ts';
import type { ReverseStage } from '../stage.ts';
import { WAYS } from './words.ts';

/** A change of a stage that brings its samples nearer, and what a button says of it. */
export interface Cure {
  readonly label: string;
  readonly change: Partial<ReverseStage>;
}

/**
 * What most likely helps a stage whose samples miss the exact target of its condition. Of ways that are not exact more steps cure
 * nothing: r(x̂₀) by DDIM ends at the same distance in 20, 200 and 400 steps. Null where no setting helps.
 */
export function cureOf(stage: ReverseStage, nChain: number): Cure | null {
  const { condition } = stage;
  if (condition === null) return null;
  if (condition.way !== 'exact') {
    return { label: WAYS[condition.kind].exact.label, change: { condition: { ...condition, way: 'exact' } } };
  }
  // Guidance by s reaches p(x)p(y|x)^s in no number of steps, unless s is 1.
  if (condition.kind === 'class' && condition.scale !== 1) {
    return { label: 's = 1', change: { condition: { ...condition, scale: 1 } } };
  }
  const [steps, most] = [stepsOf(stage, nChain), mostSteps(stage.sampler, nChain)];
  const more = Math.min(steps < nChain ? nChain : most, 2 * steps);
  if (stepRule(stage) !== 'chosen' || more <= steps) return null;
  return { label: `${more} steps`, change: { nSteps: more } };
}

import { type EvaluationPart, type EvaluationPlan, evaluatePart } from './evaluation.ts';
import { type GradientPart, type GradientPlan, partGradient } from './gradient.ts';
import type { Kernel } from './kernel.ts';

/**
 * What one thread can ask another to do: a plan, with which nobody else works, and the numbers of a part, which change from
 * offer to offer.
 */
export type Work =
  | { readonly kind: 'gradient'; readonly plan: GradientPlan; readonly part: GradientPart }
  | { readonly kind: 'evaluation'; readonly plan: EvaluationPlan; readonly part: EvaluationPart };

/** @returns the sum of the loss's terms of a gradient, 0 for an evaluation */
export function perform(kernel: Kernel, work: Work): number {
  if (work.kind === 'gradient') return partGradient(kernel, work.plan, work.part);
  evaluatePart(kernel, work.plan, work.part);
  return 0;
}

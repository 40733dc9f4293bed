import { type GradientPart, type GradientPlan, partGradient } from './gradient.ts';
import type { WasmKernel } from './kernel.ts';

/** Whose network points are led through: the address of its table. */
export interface RunPlan {
  readonly network: number;
}

/** Instructions for n points, which are shared out in chunks: see kernel/program.as. */
export interface SegmentPart {
  readonly code: number;
  readonly end: number;
  readonly taken: number;
  readonly n: number;
  readonly perChunk: number;
}

/**
 * What one thread can ask another to do: a plan, with which nobody else works, and the numbers of a part, which change from
 * offer to offer.
 */
export type Work =
  | { readonly kind: 'gradient'; readonly plan: GradientPlan; readonly part: GradientPart }
  | { readonly kind: 'segment'; readonly plan: RunPlan; readonly part: SegmentPart };

/** @returns the sum of the loss's terms of a gradient, 0 for a segment */
export function perform(kernel: WasmKernel, work: Work): number {
  if (work.kind === 'gradient') return partGradient(kernel, work.plan, work.part);
  const { code, end, taken, n, perChunk } = work.part;
  kernel.runProgram(work.plan.network, code, end, taken, n, perChunk);
  return 0;
}

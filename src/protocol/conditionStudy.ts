import type { Condition } from '../experiment/conditions/types.ts';
import type { ReverseRun } from '../views/reverse/stage.ts';

/** A stage's samples under its condition, held against the exact target; of a class, at several scales. */
export interface ConditionStudyRequest {
  readonly run: ReverseRun & { readonly condition: Condition };
  /** Scales s of a class; left out, that of the condition alone. */
  readonly scales?: readonly number[];
  /** Samples of a draw, 100…10 000, and draws, 2…20. */
  readonly n: number;
  readonly draws: number;
  readonly seed: number;
}

/** A mean over draws, and its standard error. */
export interface DrawnMean {
  readonly mean: number;
  readonly error: number;
}

export interface ConditionRow {
  /** Of a class; null otherwise. */
  readonly scale: number | null;
  /** Sliced W₂ to the exact target, data units; along a known line, W₂ of the sought coordinate. */
  readonly distance: DrawnMean;
  /** The same between two exact draws. */
  readonly perfect: DrawnMean;
  /** Total variation over twenty intervals of equal mass, of a known line's samples and of exact draws; else null. */
  readonly variation: { readonly own: DrawnMean; readonly perfect: DrawnMean } | null;
  /** Of a region: the share of the samples that lies within, 0…1; else null. */
  readonly within: number | null;
  /** Of a class; else null. */
  readonly guided: GuidedRow | null;
}

export interface GuidedRow {
  /** Mean exact p(y|x₀) of the samples, and the share of p(x|y) that has a sample near. */
  readonly accuracy: number;
  readonly recall: number;
  /** Distance to p(x|y), data units. */
  readonly toClass: DrawnMean;
  /** What exact draws of p(x)p(y|x)^s have. */
  readonly exactAccuracy: number;
  readonly exactRecall: number;
}

export interface ConditionStudyResult {
  readonly rows: readonly ConditionRow[];
  /** ln Z of r; ln p(u·x = v) of a known value, per data unit; ln P(A) of a region; null for a class. */
  readonly logZ: number | null;
}

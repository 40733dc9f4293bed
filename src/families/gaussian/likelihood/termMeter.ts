import type { LevelPoints } from './levelPoints.ts';
import type { Prediction } from './predictor.ts';

/** Gathers what a model's answers say, level by level. */
export interface TermMeter<Terms> {
  /** [levels] */
  readonly times: ArrayLike<number>;
  add(level: number, points: LevelPoints, prediction: Prediction): void;
  /** Of all that was added. */
  report(): Terms;
}

import { pooled } from '../core/metrics/measured.ts';
import type { EngineEvent, Measured } from '../protocol/protocol.ts';

export type QualityEvent = Extract<EngineEvent, { type: 'quality' }>;

/** How good the person's own model was at a step. */
export interface QualityPoint {
  readonly step: number;
  /** Samples that say so. */
  readonly samples: number;
  /** Data units. */
  readonly slicedW2: Measured;
  /** Share of the samples that lie where the data are not. */
  readonly strays: Measured;
  /** Share of the data where no samples are. */
  readonly missed: Measured;
}

const MAX_POINTS = 1000;
/** Models of so large a part of the steps are nearly the same, and their numbers differ by chance. */
const NEARLY_SAME = 0.8;
const RECENT = 9;
/** Weights that were measured by so many samples need no others beside them. */
const ENOUGH_SAMPLES = 8000;

/** The history with what was measured: in place of what fewer samples said of the same step; every second point goes when it is full. */
export function withQuality(history: readonly QualityPoint[], event: QualityEvent): readonly QualityPoint[] {
  const { step, samples, slicedW2, strays, missed } = event;
  const before = history.filter((point) => point.step !== step);
  const kept = before.length < MAX_POINTS ? before : before.filter((_, i) => i % 2 === 0);
  return [...kept, { step, samples, slicedW2, strays, missed }];
}

/**
 * How good the model is now: one draw alone scatters by a third, so while it trains those of the last nearly equal models are
 * pooled. Null before the first.
 */
export function recentQuality(history: readonly QualityPoint[]): QualityPoint | null {
  const last = history.at(-1);
  if (!last || last.samples >= ENOUGH_SAMPLES) return last ?? null;
  const recent = history.filter(({ step }) => step >= NEARLY_SAME * last.step).slice(-RECENT);
  return {
    step: last.step,
    samples: recent.reduce((sum, { samples }) => sum + samples, 0),
    slicedW2: pooled(recent.map(({ slicedW2 }) => slicedW2)),
    strays: pooled(recent.map(({ strays }) => strays)),
    missed: pooled(recent.map((point) => point.missed)),
  };
}

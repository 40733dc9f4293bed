import { type NoiseConfig, processOf } from '../experiment/noise.ts';
import { formatCount } from '../experiment/numberText.ts';
import { followsSchedule } from '../experiment/scheduled.ts';
import type { ModelSource, Trajectory } from '../protocol/protocol.ts';

/** How much nearer to the centre points are drawn than they are; null where they are where they are drawn. */
export function shrinkText(config: NoiseConfig): string | null {
  if (followsSchedule(config.process)) return null;
  const { alpha, sigma } = processOf(config).kernel(1);
  return Math.hypot(alpha, sigma) > 1.001 ? '÷ √(1+σ²)' : null;
}

/** Where a stage's picture came from, and the same for a narrow card. */
export function sourceText(
  source: Trajectory['source'] | ModelSource,
  modelStep: number,
  /** Whether the stage shows a kept run. */
  ofRun: boolean,
): { readonly full: string; readonly short: string } {
  const alike = (words: string) => ({ full: words, short: words });
  switch (source) {
    case 'data':
      return alike('true data');
    case 'exact':
      return alike('exact answer');
    case 'pretrained':
      return { full: 'ready-made model', short: 'ready-made' };
    case 'own': {
      const step = `step ${formatCount(modelStep)}`;
      return ofRun ? alike(`the run, ${step}`) : { full: `your model, ${step}`, short: step };
    }
  }
}

/**
 * The phrases of a stage, those first that stages of the same name do not share, the short ones before: where there is little
 * room, what tells the stages apart is to be read.
 */
export function tellingFirst(
  phrases: readonly string[],
  others: readonly (readonly string[])[],
): readonly string[] {
  if (others.length === 0) return phrases;
  const isShared = (phrase: string) => others.every((other) => other.includes(phrase));
  const own = phrases.filter((phrase) => !isShared(phrase));
  return [...own.toSorted((a, b) => a.length - b.length), ...phrases.filter(isShared)];
}

export { formatCount };

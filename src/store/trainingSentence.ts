import { formatCount } from '../experiment/numberText.ts';
import type { Measured, ModelSource, TrainingPhase } from '../protocol/protocol.ts';
import { ENOUGH_SAMPLES, isLikeTruth } from './likeTruth.ts';
import type { QualityPoint } from './qualityHistory.ts';
import { leftToGain } from './trained.ts';

/** What there is to say of how training stands. */
export interface TrainingFacts {
  readonly phase: TrainingPhase;
  readonly step: number;
  /** Which model the stages show; null before any. */
  readonly source: ModelSource | null;
  /** Samples of a stage, by the name of its sampler, of the weights that are shown; null where none were measured. */
  readonly seen: {
    readonly sampler: string;
    readonly samples: number;
    readonly strays: Measured;
    readonly slicedW2: Measured;
  } | null;
  /** How good the own model's samples are, as measured last; null before the first. */
  readonly quality: QualityPoint | null;
  /** Whether all that the stages show of it is asked for under a condition, which its quality is not. */
  readonly conditioned: boolean;
  /** Whether the data is finer than the dots that are drawn: then more samples look right than are. */
  readonly isFine: boolean;
  /** Whether the model at rest did not work, and in which words; null where it did. */
  readonly failure: string | null;
}

/** How training stands, in one sentence. */
export function trainingSentence(facts: TrainingFacts): string {
  const { phase, step, source } = facts;
  switch (phase) {
    case 'starting':
      return 'The engine is being started.';
    case 'failed':
      return 'The engine has stopped: start it again.';
    case 'diverged':
      return 'Did not work: the loss grew without end.';
    case 'idle':
      return source === 'pretrained'
        ? 'Ready-made model: train to see your own learn.'
        : 'Untrained: the network knows nothing yet.';
    case 'training':
      if (source === 'pretrained') {
        return 'Learning: a ready-made model is shown for now.';
      }
      return step === 0 ? 'Learning begins.' : `Learning: ${progress(facts)}.`;
    case 'paused':
      return facts.seen ? `Paused: ${share(facts.seen, facts.isFine)}.` : `Paused after ${steps(step)}.`;
    case 'converged':
      return outcome(facts);
  }
}

const steps = (count: number) => (count === 1 ? '1 step' : `${formatCount(count)} steps`);

function progress({ step, seen, isFine }: TrainingFacts): string {
  return seen ? share(seen, isFine) : `${steps(step)} so far`;
}

/** The name without what stands in brackets after it: the stage's title has it whole. */
const share = ({ sampler, strays }: NonNullable<TrainingFacts['seen']>, isFine: boolean) =>
  `${sampler.replace(/ \(.+\)$/, '')} puts ${percent(1 - strays.value)} on ${isFine ? 'data finer than a dot' : 'the data'}`;

/**
 * ✓ is for models that are as good as true draws; a model that failed never gets here with one. The stage that is seen, by
 * another sampler than the measurement's, may be worse than its model, and its own number stands at its foot.
 */
function outcome(facts: TrainingFacts): string {
  const { step, quality, failure } = facts;
  if (failure !== null) return `Did not work: ${failure}`;
  if (quality === null || quality.step < step) return 'Trained; its samples are being measured.';
  const left = leftToGain(quality);
  if (left === null) return `✓ Trained: ${praise(facts)}.`;
  const { value, perfect } = left.measured;
  switch (left.what) {
    case 'strays':
      return `Trained: ${shortOfTruth(facts, left.measured)}; true draws ${percent(1 - perfect)}.`;
    case 'missed':
      return `Trained: it misses ${percent(value)} of the data; true draws ${percent(perfect)}.`;
    case 'slicedW2':
      return `Trained: ${times(value / perfect)} as far off as true draws.`;
  }
}

function praise({ seen, conditioned }: TrainingFacts): string {
  if (conditioned) return 'unconditionally as true draws';
  const isKnown = seen !== null && seen.samples >= ENOUGH_SAMPLES;
  if (!isKnown || (isLikeTruth(seen.strays) && isLikeTruth(seen.slicedW2))) return 'as good as true draws';
  return 'as true draws by a finer sampler';
}

const shortOfTruth = ({ seen, conditioned, isFine }: TrainingFacts, { value }: Measured): string =>
  seen && !conditioned ? share(seen, isFine) : `${percent(1 - value)} on the data`;

const times = (ratio: number) => (ratio < 100 ? `${ratio.toFixed(1)} times` : 'more than 100 times');

/** As many digits as tell it from all or nothing. */
function percent(part: number): string {
  const value = 100 * part;
  return `${Number(value.toFixed(value > 98 || value < 2 ? 1 : 0))} %`;
}

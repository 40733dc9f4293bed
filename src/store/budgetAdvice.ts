import type { Condition } from '../experiment/conditions/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { BUDGET_PARTS, type BudgetPart, type BudgetResult } from '../protocol/studies.ts';
import { mostSteps } from '../views/reverse/mostSteps.ts';
import { stepRule } from '../views/reverse/parameters.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';

/** What follows from a budget, in a sentence, and the change that tries it. */
export interface BudgetAdvice {
  /** The part that is to blame most; null where none is, beyond chance. */
  readonly part: BudgetPart | null;
  readonly sentence: string;
  /** What the button says and does; null where no setting helps. */
  readonly act:
    | { readonly label: string; readonly stage: Partial<ReverseStage> }
    | { readonly label: string; readonly config: Partial<ExperimentConfig> }
    | { readonly label: string; readonly trains: true }
    | null;
}

/** A part counts from so many standard errors on. */
const SURE = 2;
/** Of the total, from which on one part is most of it. */
const MOST = 0.5;

const NAMES: Readonly<Record<BudgetPart, string>> = {
  prior: 'the start: x_T is not yet pure noise',
  network: 'the network',
  solver: 'the solver',
  guidance: 'guidance, which asks for more of the class than the data have',
  condition: 'the way in which the condition is kept',
};

export function budgetAdvice(
  result: BudgetResult,
  stage: ReverseStage,
  config: Pick<ExperimentConfig, 'nChain' | 'zeroTerminalSnr'>,
): BudgetAdvice {
  const { total, errors } = result;
  const [part] = BUDGET_PARTS.toSorted((a, b) => result[b] - result[a]);
  if (!part || total < SURE * errors.total || result[part] < SURE * errors[part]) {
    return {
      part: null,
      sentence: 'The samples are as near to what they should be as true draws are.',
      act: null,
    };
  }
  const share = result[part] >= MOST * total ? 'Most of it is' : 'The largest part is';
  const act = actFor(part, stage, config);
  const cure = act === null ? '' : `: ${act.label}`;
  return { part, sentence: `${share} ${NAMES[part]}${cure}.`, act };
}

function actFor(
  part: BudgetPart,
  stage: ReverseStage,
  { nChain, zeroTerminalSnr }: Pick<ExperimentConfig, 'nChain' | 'zeroTerminalSnr'>,
): BudgetAdvice['act'] {
  if (part === 'network') return { label: 'train on', trains: true };
  if (part === 'prior') {
    if (zeroTerminalSnr) return null;
    return { label: 'end the schedule in noise', config: { zeroTerminalSnr: true } };
  }
  if (part === 'guidance') return { label: 'guide by w = 0', stage: { guidance: 0 } };
  if (part === 'condition') return exactWayOf(stage);
  const most = mostSteps(stage.sampler, nChain);
  if (stepRule(stage) !== 'chosen' || stage.nSteps >= most) return null;
  // All of the chain before any between.
  const more = Math.min(stage.nSteps < nChain ? nChain : most, moreThan(stage.nSteps));
  return { label: `${stage.nSteps} → ${more} steps`, stage: { nSteps: more } };
}

/** The same condition, kept exactly; of guidance by s, which is not in any way, s = 1. */
function exactWayOf({ condition }: ReverseStage): BudgetAdvice['act'] {
  if (condition === null) return null;
  if (condition.kind !== 'class') {
    return { label: 'guide exactly', stage: { condition: { ...condition, way: 'exact' } as Condition } };
  }
  if (condition.scale !== 1) return { label: 's = 1', stage: { condition: { ...condition, scale: 1 } } };
  const exact = { ...condition, way: 'exact', algorithm: 2 } as const;
  return { label: 'guide exactly', stage: { condition: exact } };
}

/** The next of 1, 2, 5, 10, 20, 50, … that is at least twice as many. */
function moreThan(nSteps: number): number {
  const power = 10 ** Math.floor(Math.log10(nSteps));
  return [2, 5, 10, 20].map((step) => step * power).find((step) => step >= 2 * nSteps)!;
}

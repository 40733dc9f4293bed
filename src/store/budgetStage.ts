import type { BudgetRequest } from '../protocol/studies.ts';
import { shapingNumbers, stepsOf } from '../views/reverse/parameters.ts';
import { conditionConflict } from '../views/reverse/rules.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';

/** Of a stage, what shapes its samples. */
export function budgetStage(stage: ReverseStage, nChain: number): BudgetRequest['stage'] {
  const { id: _, layers: __, kind: ___, ...settings } = stage;
  const condition = conditionConflict(stage, nChain) ? null : stage.condition;
  return { ...settings, condition, nSteps: stepsOf(stage, nChain), parameters: shapingNumbers(stage) };
}

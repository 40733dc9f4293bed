import type { ReactNode } from 'react';
import { formatNumber } from '../../experiment/numberText.ts';
import { timesTooFar } from '../../store/conditionStudies.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { cureOf } from '../../views/reverse/condition/cure.ts';
import { useStageDistance } from '../../views/reverse/condition/useConditionStudy.ts';
import { conditionConflict } from '../../views/reverse/rules.ts';
import type { ReverseStage } from '../../views/reverse/stage.ts';

interface ConditionNoteProps {
  readonly stage: ReverseStage;
  readonly index: number;
  /** The foot of a stage whose samples are what its condition asks for, or of which that is not known. */
  readonly children: ReactNode;
}

/** That the sampler cannot keep the stage's condition, or that the samples miss its exact target, and the cure in one press where its settings hold one. */
export default function ConditionNote({ stage, index, children }: ConditionNoteProps) {
  const nChain = useField('nChain');
  const { changeStage } = usePlaygroundActions();
  const state = useStageDistance(stage);
  const conflict = conditionConflict(stage, nChain);
  const row = state?.done === null ? state.result?.rows[0] : undefined;
  const times = row ? timesTooFar(row) : null;
  if (conflict !== null) {
    return (
      <footer className="stage-footer is-warning">
        <span title={`${conflict.problem} ${conflict.advice}`}>
          Without the condition: this sampler cannot keep it
        </span>
      </footer>
    );
  }
  if (!row || times === null) return children;
  const cure = cureOf(stage, nChain);
  return (
    <footer className="stage-footer is-warning">
      <span
        title={`Distance of the samples to the exact target of the condition ${formatNumber(row.distance.mean, 3)}, of two exact draws ${formatNumber(row.perfect.mean, 3)}.`}
      >
        {times === Infinity
          ? 'Condition missed: not finite'
          : `Condition missed: ${formatNumber(times, 0)}× too far`}
      </span>
      {cure && (
        <button type="button" className="stage-cure" onClick={() => void changeStage(index, cure.change)}>
          {cure.label}
        </button>
      )}
    </footer>
  );
}

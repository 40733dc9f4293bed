import type { ReactNode } from 'react';
import { formatNumber } from '../../experiment/numberText.ts';
import type { ConditionRow } from '../../protocol/conditionStudy.ts';
import { timesTooFar } from '../../store/conditionStudies.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { Explained } from '../../ui/Explained.tsx';
import { cureOf } from '../../views/reverse/condition/cure.ts';
import { useStageDistance } from '../../views/reverse/condition/useConditionStudy.ts';
import { conditionConflict } from '../../views/reverse/rules.ts';
import type { ReverseStage } from '../../views/reverse/stage.ts';
import { distanceText, targetText } from '../qualityText.ts';

interface ConditionNoteProps {
  readonly stage: ReverseStage;
  readonly index: number;
  /** The foot of a stage that keeps its condition. @param distance to what that asks for; null where it is not known */
  readonly foot: (distance: ReactNode) => ReactNode;
}

/**
 * How far the samples are from the exact target of the stage's condition; or that the sampler cannot keep it, or that they miss it, and
 * the cure in one press where its settings hold one.
 */
export default function ConditionNote({ stage, index, foot }: ConditionNoteProps) {
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
  if (!row) return foot(null);
  if (times === null) return foot(<TargetDistance row={row} />);
  const cure = cureOf(stage, nChain);
  return (
    <footer className="stage-footer is-warning">
      <span className="when-wide" title={explanation(row)}>
        {`Condition missed: ${farText(times)}`}
      </span>
      <span className="when-narrow" title={explanation(row)}>
        {times === Infinity ? 'not finite' : `${formatNumber(times, 0)}× off`}
      </span>
      {cure && (
        <button type="button" className="stage-cure" onClick={() => void changeStage(index, cure.change)}>
          {cure.label}
        </button>
      )}
    </footer>
  );
}

const farText = (times: number) => (times === Infinity ? 'not finite' : `${formatNumber(times, 0)}× too far`);

const explanation = ({ distance, perfect }: ConditionRow) =>
  `Distance of the samples to the exact target of the condition ${withError(distance)}, of two exact draws ${withError(perfect)}.`;

const withError = ({ mean, error }: ConditionRow['distance']) => distanceText({ value: mean, error });

/** The distance to the exact target, beside that of two exact draws. */
function TargetDistance({ row }: { readonly row: ConditionRow }) {
  const { mean: value, error } = row.distance;
  const { full, short, least } = targetText({ value, error, perfect: row.perfect.mean });
  return (
    <Explained className="stage-quality" text={`${explanation(row)} ± is one standard error.`}>
      <span className="stage-quality-full">{full}</span>
      <span className="stage-quality-short">{short}</span>
      <span className="stage-quality-brief">{short}</span>
      <span className="stage-quality-least">{least}</span>
    </Explained>
  );
}

import type { CSSProperties } from 'react';
import { useField } from '../store/react.ts';
import { Boundary } from './Boundary.tsx';
import { StageCard } from './StageCard.tsx';
import { useDroppedParticle } from './useDroppedParticle.ts';
import { useStageView } from './useStageView.ts';

interface StageRowProps {
  /** Index of the stage whose settings are in the panel; null where there is no panel. */
  readonly selected: number | null;
  readonly onSelect: ((index: number) => void) | null;
}

/** Columns that keep one to six squares large where there is more width than height. */
const columnsOf = (count: number): number => (count <= 4 ? count : 3);
const rowsOf = (count: number): number => Math.ceil(count / columnsOf(count));

/** Rows and columns for the style sheet. */
export function stageShape(count: number): CSSProperties {
  const narrowColumns = Math.min(2, count);
  return {
    '--columns': columnsOf(count),
    '--rows': rowsOf(count),
    '--narrow-columns': narrowColumns,
    '--narrow-rows': Math.ceil(count / narrowColumns),
  } as CSSProperties;
}

export function StageRow({ selected, onSelect }: StageRowProps) {
  const stages = useField('stages');
  const view = useStageView();
  const particle = useDroppedParticle(view);
  return (
    <section className="stage-area" aria-label="Stages">
      <h2 className="visually-hidden">Stages</h2>
      <div className="stage-grid" data-rows={rowsOf(stages.length)}>
        {stages.map((stage, index) => (
          <Boundary
            key={`${stage.id} ${stage.kind}`}
            what={`Stage ${index + 1}`}
            className="stage"
            resetOn={[stage]}
          >
            <StageCard
              stage={stage}
              index={index}
              view={view}
              particle={particle}
              selected={selected === index}
              onSelect={onSelect}
            />
          </Boundary>
        ))}
      </div>
    </section>
  );
}

import type { CSSProperties } from 'react';
import type { StageConfig } from '../config/types.ts';
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

/** Stages have no identity of their own: each is known by its kind and how many of that kind stand before it. */
function stageKeys(stages: readonly StageConfig[]): readonly string[] {
  return stages.map(({ kind }, index) => {
    const before = stages.slice(0, index).filter((other) => other.kind === kind).length;
    return `${kind} ${before}`;
  });
}

export function StageRow({ selected, onSelect }: StageRowProps) {
  const stages = useField('stages');
  const keys = stageKeys(stages);
  const view = useStageView();
  const particle = useDroppedParticle(view);
  return (
    <section className="stage-area" aria-label="Stages">
      <h2 className="visually-hidden">Stages</h2>
      <div className="stage-grid" data-rows={rowsOf(stages.length)}>
        {stages.map((stage, index) => (
          <Boundary key={keys[index]} what={`Stage ${index + 1}`} className="stage" resetOn={[stage]}>
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

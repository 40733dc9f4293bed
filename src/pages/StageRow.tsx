import type { CSSProperties, ReactNode } from 'react';
import { useField } from '../store/react.ts';
import { Boundary } from './Boundary.tsx';
import { NowLine } from './NowLine.tsx';
import { StageCard } from './StageCard.tsx';
import { useDroppedParticle } from './useDroppedParticle.ts';
import { useStageView } from './useStageView.ts';
import './stageRow.css';

interface StageRowProps {
  /** Index of the stage whose settings are in the panel; null where there is no panel. */
  readonly selected: number | null;
  readonly onSelect: ((index: number) => void) | null;
  /** Index of the only stage that is shown, in all the room there is; null where all are. */
  readonly enlarged?: number | null;
  /** Left out where none can be enlarged. */
  readonly onEnlarge?: (index: number | null) => void;
  /** Beside the sentence of the moment. */
  readonly aside?: ReactNode;
}

/** Columns for the style sheet: all side by side, half of them, and on a narrow page two. */
function columns(count: number): CSSProperties {
  return {
    '--columns': count,
    '--half-columns': count > 4 ? Math.ceil(count / 2) : count,
    '--narrow-columns': Math.min(2, count),
  } as CSSProperties;
}

export function StageRow({ selected, onSelect, enlarged = null, onEnlarge, aside }: StageRowProps) {
  const stages = useField('stages');
  const view = useStageView();
  const particle = useDroppedParticle(view);
  const shown = stages.map((stage, index) => ({ stage, index }));
  const only = enlarged === null ? undefined : shown[enlarged];
  const cards = only === undefined ? shown : [only];
  return (
    <section
      className="stage-area"
      aria-label="Stages"
      style={columns(cards.length)}
      data-enlarged={only !== undefined}
      data-odd={cards.length % 2 === 1}
    >
      <h2 className="visually-hidden">Stages</h2>
      <div className="stage-grid">
        <Boundary what="The sentence of the moment">
          <div className="now-row">
            <NowLine />
            <div>{aside}</div>
          </div>
        </Boundary>
        {cards.map(({ stage, index }) => (
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
              enlarged={only !== undefined}
              onEnlarge={() => onEnlarge?.(only === undefined ? index : null)}
            />
          </Boundary>
        ))}
      </div>
    </section>
  );
}

import '../stageRow.css';
import '../nowLine.css';
import type { CSSProperties } from 'react';
import { useMemo } from 'react';
import { WorldCanvas } from '../../canvas/WorldCanvas.tsx';
import { useField } from '../../store/react.ts';
import { useWorld, useWorldRecording, useWorldState } from '../../store/worlds/react.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { CommonSettings, WorldView } from '../../worlds/world.ts';
import { Boundary } from '../Boundary.tsx';
import { useClock } from '../clockContext.ts';
import { Explain } from '../lessons/Explain.tsx';
import { formatCount } from '../stageText.ts';
import { useEnlarged } from '../useEnlarged.ts';
import type { StagePart, WorldParts } from './parts.ts';
import '../stageCard.css';
import './worldStages.css';

interface WorldStagesProps {
  readonly parts: WorldParts;
  /** Whether a stage can be enlarged: not in an embed. */
  readonly selectable: boolean;
}

/** The stages of a world in the page's row. */
export function WorldStages({ parts, selectable }: WorldStagesProps) {
  const { world } = useWorld();
  const settings = useWorldState((state) => state.settings);
  const theme = useField('theme');
  const stages = world.stages.filter((view) => view.suits?.(settings) ?? true);
  const [enlarged, enlarge] = useEnlarged(stages.length);
  const only = enlarged === null ? undefined : stages[enlarged];
  const cards = only ? [only] : stages;
  const count = cards.length;
  const style = {
    '--columns': count,
    '--half-columns': count > 3 ? Math.ceil(count / 2) : count,
    '--wide-columns': count > 4 ? Math.ceil(count / 2) : count,
    '--narrow-columns': Math.min(2, count),
  } as CSSProperties;
  return (
    <section
      className="stage-area world-stages"
      aria-label="Stages"
      style={style}
      data-enlarged={only !== undefined}
      data-odd={count % 2 === 1}
      data-theme-of={theme}
    >
      <h2 className="visually-hidden">Stages</h2>
      <div className="stage-grid">
        <div className="now-row">
          <p className="now-line">{world.sentence}</p>
        </div>
        {cards.map((view) => (
          <Boundary key={view.kind} what={`The stage “${view.title}”`} className="stage">
            <Card
              view={view}
              part={parts.stages[view.kind]!}
              enlarged={only !== undefined}
              onEnlarge={selectable ? () => enlarge(only === undefined ? stages.indexOf(view) : null) : null}
            />
          </Boundary>
        ))}
      </div>
    </section>
  );
}

interface CardProps {
  readonly view: WorldView<CommonSettings>;
  readonly part: StagePart<CommonSettings, unknown>;
  readonly enlarged: boolean;
  readonly onEnlarge: (() => void) | null;
}

function Card({ view: { kind, title }, part, enlarged, onEnlarge }: CardProps) {
  const clock = useClock();
  const settings = useWorldState((state) => state.settings);
  const recorded = useWorldRecording<unknown>(kind);
  // There is nothing to show of what a setting leaves out.
  const recording = recorded?.data === null ? null : recorded;
  const subtitle = part.subtitle(settings);
  const picture = useMemo(
    () => ({
      draw: (frame: Parameters<typeof part.draw>[0]) => {
        if (recording) part.draw(frame, recording.data, settings);
      },
      words: (time: number) =>
        recording ? `${title}: ${part.words(recording.data, time, settings)}` : `${title}: being made`,
    }),
    [part, recording, settings, title],
  );
  return (
    <article className="stage" aria-label={`Stage: ${title}`}>
      <header className="stage-header">
        <div className="stage-title" data-plain="true">
          <h3>{title}</h3>
          <span className="stage-subtitle" title={subtitle.join(', ')}>
            {subtitle.map((phrase, i) => (
              <span key={phrase}>{i === 0 ? phrase : `, ${phrase}`}</span>
            ))}
          </span>
        </div>
        <Explain subject={`stage ${title}`} text={[title, ...subtitle].join(' ')} />
        {onEnlarge && (
          <IconButton
            className="stage-enlarge"
            label={enlarged ? 'Back to all stages' : `Enlarge ${title}`}
            icon={<Icon name={enlarged ? 'reduce' : 'enlarge'} />}
            pressed={enlarged}
            onClick={onEnlarge}
          />
        )}
      </header>
      <div className="stage-picture">
        <WorldCanvas clock={clock} draw={picture.draw} words={picture.words} />
      </div>
      <p className="stage-readout is-sentence">
        {recording ? part.readout(recording.data, settings) : 'being made…'}
      </p>
      <div className="stage-footer">
        <span>
          {part.learned ? `your model${recording ? `, step ${formatCount(recording.step)}` : ''}` : 'exact'}
        </span>
      </div>
    </article>
  );
}

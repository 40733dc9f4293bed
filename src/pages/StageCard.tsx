import { lazy, Suspense, useMemo } from 'react';
import { StageCanvas, type StageCanvasProps } from '../canvas/StageCanvas.tsx';
import type { StageScene } from '../canvas/types.ts';
import type { Recording } from '../protocol/protocol.ts';
import { usePlayground, usePlaygroundActions, useRecordings } from '../store/react.ts';
import { watchList } from '../store/watchList.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { type StageConfig, viewOf } from '../views/index.ts';
import { runNameOf } from '../views/runRequest.ts';
import type { StageText } from '../views/types.ts';
import { useClock } from './clockContext.ts';
import { useTrueData } from './condition/useExactDraws.ts';
import { Explain } from './lessons/Explain.tsx';
import { StageFoot } from './StageFoot.tsx';
import { StageKeys } from './StageKeys.tsx';
import { StageMenu } from './StageMenu.tsx';
import { StageReadout } from './StageReadout.tsx';
import { shrinkText, sourceText, tellingFirst } from './stageText.ts';
import type { DroppedParticle } from './useDroppedParticle.ts';
import './stageCard.css';

const ConditionOverlay = lazy(() => import('./condition/ConditionOverlay.tsx'));

interface StageCardProps {
  readonly stage: StageConfig;
  readonly index: number;
  readonly view: Pick<StageScene, 'view' | 'data' | 'fileAxes'>;
  readonly particle: DroppedParticle;
  readonly selected: boolean;
  readonly onSelect: ((index: number) => void) | null;
  /** Whether it has the whole room, and what gives it, or takes it back. */
  readonly enlarged: boolean;
  readonly onEnlarge: () => void;
}

/** One square of the row: what it is, its picture, and where that came from. */
export function StageCard(props: StageCardProps) {
  const { stage, index, view, particle, selected, onSelect, enlarged, onEnlarge } = props;
  const clock = useClock();
  const nChain = usePlayground(({ config }) => config.nChain);
  const { title, subtitle } = useStageText(stage, index, nChain);
  const { scene, recording } = useScene(stage, index, view, particle);
  const pointing = usePointing(stage, index, particle);
  const words = (
    <>
      <h3>{title}</h3>
      <span className="stage-subtitle" title={subtitle.join(', ')}>
        {subtitle.map((phrase, i) => (
          <span key={phrase}>{i === 0 ? phrase : `, ${phrase}`}</span>
        ))}
      </span>
    </>
  );
  return (
    <article
      className="stage"
      data-selected={selected}
      aria-label={`Stage ${index + 1}: ${title}`}
      data-tour={`stage-${index + 1}`}
    >
      <header className="stage-header">
        {onSelect === null ? (
          <div className="stage-title">{words}</div>
        ) : (
          <>
            <button
              type="button"
              className="stage-title"
              aria-pressed={selected}
              title="Change this stage in the panel"
              onClick={() => onSelect(index)}
            >
              {words}
            </button>
            <Explain subject={`stage ${title}`} text={wordsOf(stage, title, subtitle, recording)} />
            <IconButton
              className="stage-enlarge"
              label={enlarged ? `Back to all stages` : `Enlarge ${title}`}
              shortcut={enlarged ? 'Escape' : `${index + 1}`}
              icon={<Icon name={enlarged ? 'reduce' : 'enlarge'} />}
              pressed={enlarged}
              onClick={onEnlarge}
            />
            <StageMenu
              index={index}
              title={title}
              enlarged={enlarged}
              onChange={() => onSelect(index)}
              onEnlarge={onEnlarge}
            />
          </>
        )}
      </header>
      <div className="stage-picture">
        <StageCanvas scene={scene} clock={clock} label={title} {...pointing} />
        {'condition' in stage && stage.condition !== null && (
          <Suspense fallback={null}>
            <ConditionOverlay
              index={index}
              condition={stage.condition}
              view={scene.view}
              fixed={onSelect === null}
            />
          </Suspense>
        )}
        {scene.paths.length > 0 && (
          <IconButton
            className="stage-clear"
            label="Remove particle"
            icon={<Icon name="close" />}
            onClick={particle.remove}
          />
        )}
      </div>
      <StageReadout scene={scene} />
      <StageKeys scene={scene} />
      <StageFoot stage={stage} index={index} recording={recording} />
    </article>
  );
}

/** All that a card says: its title and line, what counts on its picture, and where that came from. */
/** Its name, and what it does, beside the stages of the same name. */
function useStageText(stage: StageConfig, index: number, nChain: number): StageText {
  const stages = usePlayground(({ config }) => config.stages);
  return useMemo(() => {
    const { title, subtitle } = viewOf(stage).text(stage, nChain);
    const others = stages
      .filter((_, i) => i !== index)
      .map((other) => viewOf(other).text(other, nChain))
      .filter((other) => other.title === title);
    return {
      title,
      subtitle: tellingFirst(
        subtitle,
        others.map((other) => other.subtitle),
      ),
    };
  }, [stage, index, nChain, stages]);
}

function wordsOf(
  stage: StageConfig,
  title: string,
  subtitle: readonly string[],
  recording: Recording | null,
): string {
  const counted = stage.kind === 'reverse' ? 'NFE' : '';
  const source = recording
    ? sourceText(recording.source, recording.modelStep, runNameOf(stage) !== null).full
    : '';
  return [title, ...subtitle, counted, source].join(' ');
}

/** What pressing the picture does: it sets a point of the stage's own, or drops a particle in all of them. */
function usePointing(
  stage: StageConfig,
  index: number,
  particle: DroppedParticle,
): Pick<StageCanvasProps, 'onDrop' | 'onDrag' | 'at'> {
  const actions = usePlaygroundActions();
  const { place } = viewOf(stage);
  if (place === undefined) return { onDrop: particle.drop, onDrag: particle.drop };
  const set = (point: readonly [number, number]) => void actions.changeStage(index, place.set(point));
  return { onDrop: set, at: place.at(stage), ...(place.follows(stage) && { onDrag: set }) };
}

function useScene(
  stage: StageConfig,
  index: number,
  view: Pick<StageScene, 'view' | 'data' | 'fileAxes'>,
  particle: DroppedParticle,
): { scene: StageScene; recording: Recording | null } {
  const stages = usePlayground(({ config }) => config.stages);
  const nChain = usePlayground(({ config }) => config.nChain);
  const keys = useMemo(() => watchList({ stages, nChain }).stageKeys[index] ?? [], [stages, nChain, index]);
  const recordings = useRecordings(keys);
  const shrunkBy = usePlayground(({ config }) => shrinkText(config));
  const paths = particle.pathsOf(stage);
  const data = useTrueData(stage, view.data);
  const scene = useMemo((): StageScene => {
    return {
      config: stage,
      layers: stage.layers,
      recordings,
      paths,
      shrunkBy,
      ...view,
      data,
      view: viewOf(stage).frame?.(stage, view.view) ?? view.view,
    };
  }, [stage, recordings, paths, shrunkBy, view, data]);
  return { scene, recording: recordings[0] ?? null };
}

import { lazy, type ReactNode, Suspense } from 'react';
import type { Recording } from '../protocol/protocol.ts';
import { useIsStale } from '../store/react.ts';
import type { StageConfig } from '../views/index.ts';
import { runNameOf } from '../views/runRequest.ts';
import { SamplerNote, useSamplerError } from './SamplerNote.tsx';
import { StageQuality } from './StageQuality.tsx';
import { sourceText } from './stageText.ts';

const ConditionNote = lazy(() => import('./condition/ConditionNote.tsx'));

interface StageFootProps {
  readonly stage: StageConfig;
  readonly index: number;
  readonly recording: Recording | null;
}

/** Where a stage's picture came from and how good it is, or that its sampler errs by itself, or its samples miss what they are to fulfil. */
export function StageFoot({ stage, index, recording }: StageFootProps) {
  const reverse = stage.kind === 'reverse' ? stage : null;
  const strays = useSamplerError(reverse);
  const isOld = useIsStale(recording?.key);
  const fresh = isOld ? null : recording;
  if (reverse && strays && fresh) {
    return (
      <SamplerNote stage={reverse} index={index} strays={strays}>
        <StageQuality stage={stage} recording={fresh} />
      </SamplerNote>
    );
  }
  const foot = (distance: ReactNode) => (
    <StageFooter recording={fresh} ofRun={runNameOf(stage) !== null}>
      {distance ?? <StageQuality stage={stage} recording={fresh} />}
    </StageFooter>
  );
  if (!reverse?.condition || !fresh) return foot(null);
  return (
    <Suspense fallback={foot(null)}>
      <ConditionNote stage={reverse} index={index} foot={foot} />
    </Suspense>
  );
}

interface StageFooterProps {
  /** Null while there is none, or only one of an experiment before. */
  readonly recording: Recording | null;
  /** Whether the stage shows a kept run. */
  readonly ofRun: boolean;
  readonly children: ReactNode;
}

function StageFooter({ recording, ofRun, children }: StageFooterProps) {
  if (recording === null) return <footer className="stage-footer">waiting…</footer>;
  const { full, short } = sourceText(recording.source, recording.modelStep, ofRun);
  return (
    <footer className="stage-footer">
      {full === short ? (
        <span>{full}</span>
      ) : (
        <>
          <span className="when-wide">{full}</span>
          <span className="when-narrow">{short}</span>
        </>
      )}
      {children}
    </footer>
  );
}

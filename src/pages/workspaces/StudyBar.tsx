import { useEffect, useRef } from 'react';
import type { StudyKind } from '../../protocol/studies.ts';
import { usePlayground } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import type { ShownStudy } from './useStudy.ts';

interface StudyBarProps {
  /** What the button that starts it says: "Start the race". */
  readonly name: string;
  readonly study: Omit<ShownStudy<StudyKind>, 'start' | 'step'>;
  /** Why it cannot be started; null where it can. */
  readonly missing?: string | null;
  readonly onStart: () => void;
}

/** Starts and cancels a comparison, and says how far it is, for how long yet, and what training does meanwhile. */
export function StudyBar({ name, study, missing = null, onStart }: StudyBarProps) {
  const { progress, running, secondsLeft, problem, outdated, cancel } = study;
  const phase = usePlayground((state) => state.phase);
  const percent = Math.round(100 * (progress?.done ?? 0));
  const bar = useRef<HTMLDivElement>(null);
  const hasBegun = running && progress !== null;
  // Results come below. Whoever pressed here and has not gone elsewhere meanwhile is to see them.
  useEffect(() => {
    if (hasBegun && bar.current?.contains(document.activeElement))
      bar.current.scrollIntoView({ block: 'start' });
  }, [hasBegun]);
  const starting = phase === 'starting' || phase === 'failed';
  return (
    <div ref={bar} className="study-bar">
      {running ? (
        <Button onClick={cancel}>Cancel</Button>
      ) : (
        <Button variant="primary" disabled={missing !== null || starting} onClick={onStart}>
          {name}
        </Button>
      )}
      {running && (
        <>
          <progress aria-label={`${name}: done`} max={100} value={percent} />
          <span>{`${percent} %${secondsLeft === null ? '' : `, ${timeText(secondsLeft)} left`}`}</span>
          {phase === 'training' && <span className="workspace-note">Training goes on.</span>}
        </>
      )}
      {progress !== null && outdated && (
        <span className="workspace-note">
          What is shown is of the experiment as it was before the change.
        </span>
      )}
      {!running && missing !== null && <span className="workspace-note">{missing}</span>}
      {problem !== null && (
        <p className="study-problem" role="alert">
          {`${problem.message} ${problem.advice}`}
        </p>
      )}
    </div>
  );
}

function timeText(seconds: number): string {
  if (seconds >= 90) return `${Math.round(seconds / 60)} min`;
  return seconds < 1 ? 'less than 1 s' : `${Math.ceil(seconds)} s`;
}

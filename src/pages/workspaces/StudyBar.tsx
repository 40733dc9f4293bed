import { usePlayground } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';

interface StudyBarProps {
  /** What the button that starts it says: "Start the race". */
  readonly name: string;
  readonly running: boolean;
  /** 0…1; null before anything is known. */
  readonly done: number | null;
  readonly secondsLeft: number | null;
  readonly problem: { readonly message: string; readonly advice: string } | null;
  /** Why it cannot be started; null where it can. */
  readonly missing?: string | null;
  readonly onStart: () => void;
  readonly onCancel: () => void;
}

/** Starts and cancels a comparison, and says how far it is, for how long yet, and what training does meanwhile. */
export function StudyBar(props: StudyBarProps) {
  const { name, running, done, secondsLeft, problem, missing = null, onStart, onCancel } = props;
  const phase = usePlayground((state) => state.phase);
  const percent = Math.round(100 * (done ?? 0));
  const starting = phase === 'starting' || phase === 'failed';
  return (
    <div className="study-bar">
      {running ? (
        <Button onClick={onCancel}>Cancel</Button>
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

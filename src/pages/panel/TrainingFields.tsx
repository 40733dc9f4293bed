import { formatCount } from '../../experiment/numberText.ts';
import { usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';

/** Training by hand: a single step, and back to an untrained network. */
export function TrainingFields() {
  const phase = usePlayground((state) => state.phase);
  const rate = usePlayground((state) => state.stepsPerSecond);
  const actions = usePlaygroundActions();
  const starting = phase === 'starting';
  const failed = phase === 'failed';
  return (
    <div className="button-row">
      <Button
        icon={<Icon name="plus" />}
        disabled={starting || failed || phase === 'diverged'}
        onClick={() => void actions.stepOnce()}
      >
        One training step
      </Button>
      <Button
        icon={<Icon name="eraser" />}
        disabled={starting || failed}
        onClick={() => void actions.reset()}
      >
        Forget everything
      </Button>
      {phase === 'training' && <span className="status-rate">{`${formatCount(rate)} steps/s`}</span>}
    </div>
  );
}

import { BACKENDS } from '../experiment/backends.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Tooltip } from '../ui/Tooltip.tsx';
import { PhaseChip } from './PhaseChip.tsx';
import { QualityReadout } from './QualityReadout.tsx';
import { BACKEND_SETTING, revealSetting } from './settingsSheet.ts';
import { formatCount } from './stageText.ts';
import './trainingStatus.css';

/** How training stands, how good the samples are, and what it runs on. */
export function TrainingStatus() {
  const step = usePlayground((state) => state.step);
  const budget = usePlayground(({ config }) => config.budgetSteps);
  const engine = usePlayground((state) => state.engine);
  const actions = usePlaygroundActions();
  const toBackend = () => {
    actions.set({ panel: 'model', level: 'all' });
    revealSetting(BACKEND_SETTING);
  };
  const progress = Math.min(1, step / budget);
  return (
    <div className="header-group training-status">
      <PhaseChip />
      <span className="status-numbers">
        <span className="status-step">
          step <strong>{formatCount(step)}</strong>
          <span className="status-budget">{step <= budget ? ` of ${formatCount(budget)}` : ''}</span>
        </span>
        <progress aria-label="Training budget spent" max={1} value={progress} />
      </span>
      <QualityReadout />
      {engine !== null && (
        <Tooltip text={engine.reason}>
          <button type="button" className="engine-chip" onClick={toBackend}>
            {BACKENDS[engine.backend].short}
          </button>
        </Tooltip>
      )}
    </div>
  );
}

import { useWorldState } from '../../store/worlds/react.ts';
import { PHASE_NAMES } from '../phaseNames.ts';
import { formatCount } from '../stageText.ts';
import '../phaseChip.css';
import '../trainingStatus.css';
import './worldHeader.css';
import type { WorldParts } from './parts.ts';

/** How training stands: steps, the budget, and a sentence of the world's own. */
export function WorldStatus({ parts: { Sentence } }: { readonly parts: WorldParts }) {
  const phase = useWorldState((state) => state.phase);
  const step = useWorldState((state) => state.step);
  const budget = useWorldState(({ settings }) => settings.budgetSteps);
  return (
    <div className="header-group training-status world-status">
      <span className="phase-chip" data-phase={phase} role="status">
        {PHASE_NAMES[phase]}
      </span>
      <span className="status-numbers">
        <span className="status-step">
          step <strong>{formatCount(step)}</strong>
          <span className="status-budget">{step <= budget ? ` of ${formatCount(budget)}` : ''}</span>
        </span>
        <progress aria-label="Training budget spent" max={1} value={Math.min(1, step / budget)} />
      </span>
      <Sentence />
    </div>
  );
}

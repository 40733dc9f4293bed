import { Tooltip } from '../controls/Tooltip.tsx';
import type { EngineInfo, TrainingPhase } from '../engine/protocol.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import type { Series } from '../store/series.ts';
import { formatCount } from './stageText.ts';

const PHASES: Readonly<Record<TrainingPhase, string>> = {
  starting: 'Starting…',
  idle: 'Untrained',
  training: 'Training',
  paused: 'Paused',
  converged: 'Trained',
  diverged: 'Diverged',
};

const BACKENDS: Readonly<Record<EngineInfo['backend'], string>> = {
  wgsl: 'WebGPU',
  simd: 'WebAssembly',
  webgpu: 'tfjs WebGPU',
  webgl: 'tfjs WebGL',
  wasm: 'tfjs WebAssembly',
  cpu: 'tfjs plain CPU',
};

/** How training stands, how good the samples are, and what it runs on. */
export function TrainingStatus() {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const rate = usePlayground((state) => state.stepsPerSecond);
  const budget = usePlayground(({ config }) => config.budgetSteps);
  const engine = usePlayground((state) => state.engine);
  const actions = usePlaygroundActions();
  const progress = Math.min(1, step / budget);
  return (
    <div className="header-group training-status">
      <span className="phase-chip" data-phase={phase} role="status">
        {phase === 'converged' ? '✓ ' : ''}
        {PHASES[phase]}
      </span>
      <span className="status-numbers">
        <span className="status-step">
          step <strong>{formatCount(step)}</strong>
          <span className="status-budget"> of {formatCount(budget)}</span>
        </span>
        <progress aria-label="Training budget spent" max={1} value={progress} />
      </span>
      {phase === 'training' && <span className="status-rate">{formatCount(rate)} steps/s</span>}
      <QualityReadout />
      {engine !== null && (
        <Tooltip text={engine.reason}>
          <button type="button" className="engine-chip" onClick={() => actions.set({ panel: 'model' })}>
            {BACKENDS[engine.backend]}
          </button>
        </Tooltip>
      )}
    </div>
  );
}

/** One measurement scatters by a third: the middle one of the latest is steadier… */
const RECENT = 9;
/** …as long as they are of nearly the same model. */
const SAME_SHARE = 0.8;

function recentDistance({ steps, values }: Series): number | undefined {
  const last = steps.at(-1) ?? 0;
  const recent = values.filter((_, i) => steps[i]! >= SAME_SHARE * last).slice(-RECENT);
  return recent.sort((a, b) => a - b)[(recent.length - 1) >> 1];
}

function QualityReadout() {
  const quality = usePlayground((state) => state.quality);
  const own = usePlayground((state) => state.distance);
  const shown = usePlayground((state) => state.modelSource);
  if (quality === null) return <span className="quality-readout">measuring…</span>;
  const distance = (quality.source === 'own' && recentDistance(own)) || quality.distance;
  const whose = quality.source === 'own' ? 'your model' : 'ready-made model';
  return (
    <Tooltip
      text={`Sliced Wasserstein-2 distance from 2 000 samples of ${whose} to 2 000 fresh true points, in data units. “Perfect” is the same between two true draws.`}
    >
      <button type="button" className="quality-readout">
        {quality.source === 'own' && shown === 'pretrained' && <span className="quality-whose">yours: </span>}
        <strong>{(distance / quality.perfect).toFixed(1)}×</strong> perfect
        <span className="quality-detail">
          {' '}
          W₂ {distance.toFixed(3)} / {quality.perfect.toFixed(3)}
        </span>
      </button>
    </Tooltip>
  );
}

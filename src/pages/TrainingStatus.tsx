import type { EngineInfo, TrainingPhase } from '../engine/protocol.ts';
import { usePlayground } from '../store/react.ts';
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
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'plain CPU',
};

/** How training stands, how good the samples are, and what it runs on. */
export function TrainingStatus() {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const rate = usePlayground((state) => state.stepsPerSecond);
  const budget = usePlayground(({ config }) => config.budgetSteps);
  const engine = usePlayground((state) => state.engine);
  const progress = Math.min(1, step / budget);
  return (
    <div className="header-group training-status">
      <span className="phase-chip" data-phase={phase} role="status">
        {phase === 'converged' ? '✓ ' : ''}
        {PHASES[phase]}
      </span>
      <span className="status-numbers">
        <span className="status-step">
          step <strong>{formatCount(step)}</strong> of {formatCount(budget)}
        </span>
        <progress aria-label="Training budget spent" max={1} value={progress} />
      </span>
      {phase === 'training' && <span className="status-rate">{formatCount(rate)} steps/s</span>}
      <QualityReadout />
      {engine !== null && (
        <span className="engine-chip" title={engine.reason}>
          {BACKENDS[engine.backend]}
        </span>
      )}
    </div>
  );
}

function QualityReadout() {
  const quality = usePlayground((state) => state.quality);
  if (quality === null) return <span className="quality-readout">measuring the samples…</span>;
  const { distance, perfect, source } = quality;
  const whose = source === 'pretrained' ? 'ready-made model' : 'your model';
  return (
    <span
      className="quality-readout"
      title={`Sliced Wasserstein-2 from 2 000 samples to 2 000 fresh true points: ${distance.toFixed(3)}. Between two true draws: ${perfect.toFixed(3)}.`}
    >
      <strong>{(distance / perfect).toFixed(1)}×</strong> perfect
      <span className="quality-whose"> · {whose}</span>
    </span>
  );
}

import type { TrainingPhase } from '../protocol/protocol.ts';

export const PHASE_NAMES: Readonly<Record<TrainingPhase, string>> = {
  starting: 'Starting…',
  idle: 'Untrained',
  training: 'Training',
  paused: 'Paused',
  converged: 'Trained',
  diverged: 'Diverged',
  failed: 'Stopped',
};

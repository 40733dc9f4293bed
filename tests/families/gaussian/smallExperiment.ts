import { defaultConfig } from '../../../src/experiment/fields.ts';
import type { ExperimentConfig } from '../../../src/experiment/types.ts';
import type { RecordingRequest } from '../../../src/views/index.ts';

/** An experiment that is trained, drawn and measured in little time. */
export const smallConfig: ExperimentConfig = {
  ...defaultConfig,
  dataset: 'moons',
  nPoints: 100,
  nChain: 10,
  width: 8,
  depth: 1,
  batchSize: 16,
  nParticles: 50,
  pace: 'full',
};

/** A few steps of the model that is learned. */
export const ddim = {
  kind: 'reverse',
  sampler: 'ddim',
  nSteps: 5,
  eta: 0,
  variance: 'beta',
  timeGrid: 'linear',
  denoiser: 'learned',
  mesh: false,
} as const satisfies RecordingRequest;

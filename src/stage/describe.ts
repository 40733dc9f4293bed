import { formatNumber } from '../config/numberText.ts';
import { fixedTimeOf } from '../config/stageParameters.ts';
import type { StageConfig } from '../config/types.ts';
import { samplers } from '../core/samplers/index.ts';
import type { Trajectory } from '../engine/protocol.ts';
import { bracketAt, interpolateFrames, nfeAt, nfeTotal, pointsPerFrame } from './frames.ts';
import { spread } from './kde.ts';
import type { StageScene } from './types.ts';

const SCORE_NAMES = {
  learned: 'learned score field',
  exact: 'exact score field',
  error: 'error of the learned score field',
} as const;

/** A stage's name in a few words: "reverse DDIM", "forward, closed form", "learned score field". */
export function stageName(config: StageConfig): string {
  if (config.kind === 'forward') return config.mode === 'chain' ? 'forward chain' : 'forward, closed form';
  const ofClass = config.ofClass === 0 ? '' : ` of class ${config.ofClass}`;
  if (config.kind === 'score') return SCORE_NAMES[config.source] + ofClass;
  const oracle = config.denoiser === 'exact' ? ' with the exact denoiser' : '';
  const sampler = samplers.has(config.sampler) ? samplers.get(config.sampler).label : config.sampler;
  return `reverse ${sampler}${ofClass}${oracle}`;
}

function describeParticles({ config, shrunkBy }: StageScene, trajectory: Trajectory, time: number): string {
  const n = trajectory.nParticles;
  const count = pointsPerFrame(trajectory);
  const x = interpolateFrames(
    trajectory.x,
    count,
    bracketAt(trajectory.times, time),
    new Float32Array(2 * count),
  );
  const total = nfeTotal(trajectory);
  const work = total === 0 ? '' : ` after ${nfeAt(trajectory, time)} of ${total} network evaluations`;
  const place = (config.kind === 'reverse' && fixedTimeOf(config)) || time.toFixed(2);
  const drawn = shrunkBy === null ? '' : `, drawn ${shrunkBy}`;
  return `${n} particles at t = ${place}${work}; spread ${formatNumber(spread(x, n), 1)} units${drawn}`;
}

/** One sentence that says what the picture shows, for those who cannot see it. */
export function describeStage(scene: StageScene, time: number): string {
  const { config, trajectory } = scene;
  const name = stageName(config);
  const dropped = scene.paths.length === 0 ? '' : '; the path of a dropped particle is drawn';
  if (config.kind === 'score') {
    const ready =
      (config.source === 'exact' || scene.learnedField !== null) &&
      (config.source === 'learned' || scene.exactField !== null);
    const state = ready
      ? `at t = ${time.toFixed(2)}, as arrows over a heat map of its length`
      : 'not yet computed';
    return `${name}: ${state}${dropped}.`;
  }
  if (trajectory === null || trajectory.times.length === 0) return `${name}: waiting for the first samples.`;
  return `${name}: ${describeParticles(scene, trajectory, time)}${dropped}.`;
}

import type { StageScene } from '../../src/canvas/types.ts';
import type { Field, Trajectory } from '../../src/protocol/protocol.ts';
import { newStage } from '../../src/views/index.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';

/** Two particles on straight lines: x = (2t − 1, ±t), recorded towards data (times fall) or towards noise. */
export function lines(direction: 'reverse' | 'forward', nFrames = 5): Trajectory {
  const share = (frame: number): number => frame / (nFrames - 1);
  const times = Float32Array.from({ length: nFrames }, (_, f) =>
    direction === 'reverse' ? 1 - share(f) : share(f),
  );
  const x = Float32Array.from([...times].flatMap((t) => [2 * t - 1, t, 2 * t - 1, -t]));
  return {
    kind: 'trajectory',
    key: direction,
    source: direction === 'reverse' ? 'own' : 'data',
    modelStep: 0,
    nParticles: 2,
    nMesh: 0,
    denoisedLast: false,
    times,
    nfe: Int32Array.from({ length: nFrames }, (_, f) => (direction === 'reverse' ? f * 5 : 0)),
    x,
    x0Hat: x,
  };
}

export const ddim: ReverseStage = {
  ...newStage.reverse,
  sampler: 'ddim',
  nSteps: 20,
  eta: 0,
  variance: 'beta',
  timeGrid: 'linear',
  denoiser: 'learned',
  layers: ['points'],
};

export function sceneOf(parts: Partial<StageScene> = {}): StageScene {
  return {
    config: ddim,
    layers: ['points'],
    recordings: [],
    data: new Float32Array(0),
    paths: [],
    shrunkBy: null,
    view: { centre: [0, 0], halfWidth: 4 },
    ...parts,
  };
}

/** A field on a 3×3 grid over [−1, 1]², constant in space: (length at level l, 0). */
export function constantField(lengths: readonly number[]): Field {
  const last = Math.max(1, lengths.length - 1);
  return {
    kind: 'field',
    key: 'constant',
    source: 'own',
    modelStep: 0,
    times: Float32Array.from(lengths, (_, l) => l / last),
    resolution: 3,
    centre: [0, 0],
    halfWidth: 1,
    components: 2,
    values: Float32Array.from(
      lengths.flatMap((length) => Array.from({ length: 9 }, () => [length, 0]).flat()),
    ),
  };
}

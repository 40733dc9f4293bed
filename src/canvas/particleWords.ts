import { formatNumber } from '../experiment/numberText.ts';
import { bracketAt, interpolateFrames, nfeAt, nfeTotal, pointsPerFrame, soFarAt } from './frames.ts';
import { spread } from './kde.ts';
import { type StageScene, trajectoryOf } from './types.ts';

/**
 * The particles of a scene in words.
 * @param stays t, where it does not move with the clock
 */
export function describeParticles(scene: StageScene, time: number, stays?: string): string {
  const trajectory = trajectoryOf(scene);
  if (trajectory === null) return 'waiting for the first samples';
  const place = stays ?? (soFarAt(trajectory, time) ?? time).toFixed(2);
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
  const drawn = scene.shrunkBy === null ? '' : `, drawn ${scene.shrunkBy}`;
  return `${n} particles at t = ${place}${work}; spread ${formatNumber(spread(x, n), 1)} units${drawn}`;
}

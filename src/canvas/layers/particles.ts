import type { Trajectory } from '../../protocol/protocol.ts';
import type { ParticleFrame, StageFrame } from '../frame.ts';
import { bracketAt, interpolateFrames, pointsPerFrame } from '../frames.ts';
import { scratchBuffer } from '../scratch.ts';
import { trajectoryOf } from '../types.ts';
import { drawPredictionArrows } from './arrows.ts';
import { drawDensity } from './density.ts';
import { drawMesh } from './mesh.ts';
import { drawPoints, drawPredictions } from './points.ts';
import { drawTrails } from './trails.ts';
import { drawWaiting } from './waiting.ts';

const NOTHING = new Float32Array(0);

function particleFrame(frame: StageFrame, trajectory: Trajectory): ParticleFrame {
  const { layers } = frame.scene;
  const count = pointsPerFrame(trajectory);
  const bracket = bracketAt(trajectory.times, frame.time);
  const predicts = layers.includes('x0-hat') || layers.includes('arrows');
  return {
    ...frame,
    ink: trajectory.source === 'data' ? frame.palette.data : frame.palette.sample,
    bracket,
    nParticles: trajectory.nParticles,
    nMesh: trajectory.nMesh,
    x: interpolateFrames(trajectory.x, count, bracket, scratchBuffer('x', 2 * count)),
    x0Hat: predicts
      ? interpolateFrames(trajectory.x0Hat, count, bracket, scratchBuffer('x0Hat', 2 * count))
      : NOTHING,
  };
}

/** The layers of a scene with particles, or what it waits for. */
export function drawParticles(frame: StageFrame): void {
  const trajectory = trajectoryOf(frame.scene);
  if (trajectory === null) {
    drawWaiting(frame, 'waiting for the first samples…');
    return;
  }
  const { layers } = frame.scene;
  const particles = particleFrame(frame, trajectory);
  if (layers.includes('density')) drawDensity(particles);
  if (layers.includes('mesh') && particles.nMesh > 1) drawMesh(particles);
  if (layers.includes('arrows')) drawPredictionArrows(particles);
  if (layers.includes('x0-hat')) drawPredictions(particles);
  if (layers.includes('points')) drawPoints(particles);
  if (layers.includes('trails')) drawTrails(particles, trajectory);
}

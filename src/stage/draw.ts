import type { Trajectory } from '../engine/protocol.ts';
import type { ParticleFrame, StageFrame } from './frame.ts';
import { bracketAt, interpolateFrames, pointsPerFrame } from './frames.ts';
import { drawPredictionArrows } from './layers/arrows.ts';
import { drawDensity } from './layers/density.ts';
import { drawField } from './layers/field.ts';
import { drawGrid, drawTicks } from './layers/grid.ts';
import { drawMesh } from './layers/mesh.ts';
import { drawPaths } from './layers/paths.ts';
import { drawGhostData, drawPoints, drawPredictions } from './layers/points.ts';
import { drawReadout, drawWaiting } from './layers/readout.ts';
import { drawTrails } from './layers/trails.ts';
import { scratchBuffer } from './scratch.ts';
import type { StagePalette, StageScene } from './types.ts';
import { type StageSize, viewport } from './view.ts';

const NOTHING = new Float32Array(0);

function particleFrame(frame: StageFrame, trajectory: Trajectory): ParticleFrame {
  const count = pointsPerFrame(trajectory);
  const bracket = bracketAt(trajectory.times, frame.time);
  const predicts = frame.scene.layers.includes('x0-hat') || frame.scene.layers.includes('arrows');
  return {
    ...frame,
    bracket,
    nParticles: trajectory.nParticles,
    nMesh: trajectory.nMesh,
    x: interpolateFrames(trajectory.x, count, bracket, scratchBuffer('x', 2 * count)),
    x0Hat: predicts
      ? interpolateFrames(trajectory.x0Hat, count, bracket, scratchBuffer('x0Hat', 2 * count))
      : NOTHING,
  };
}

function drawParticles(frame: ParticleFrame): void {
  const { layers } = frame.scene;
  if (layers.includes('density')) drawDensity(frame);
  if (layers.includes('mesh') && frame.nMesh > 1) drawMesh(frame);
  if (layers.includes('arrows')) drawPredictionArrows(frame);
  if (layers.includes('x0-hat')) drawPredictions(frame);
  if (layers.includes('points')) drawPoints(frame);
  if (layers.includes('trails')) drawTrails(frame);
}

/**
 * The picture of a scene at a time: nothing but the arguments decides it, so scrubbing goes both ways.
 * @param time in [0,1]; 0 is data
 */
export function drawStage(
  context: CanvasRenderingContext2D,
  scene: StageScene,
  time: number,
  palette: StagePalette,
  size: StageSize,
): void {
  const { trajectory, config, layers } = scene;
  const sizeUnit = Math.min(1.4, Math.max(0.85, Math.min(size.width, size.height) / 320));
  const frame: StageFrame = {
    context,
    scene,
    time,
    palette,
    size,
    view: viewport(scene.view, size),
    ink: config.kind === 'forward' || trajectory?.source === 'data' ? palette.data : palette.sample,
    unit: palette.emphasis * sizeUnit,
    textUnit: (0.5 + 0.5 * palette.emphasis) * sizeUnit,
  };
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  drawGrid(frame);
  if (layers.includes('data')) drawGhostData(frame);
  const drawLegend = drawField(frame);
  if (trajectory !== null && trajectory.times.length > 0) drawParticles(particleFrame(frame, trajectory));
  else if (config.kind !== 'score') drawWaiting(frame, 'waiting for the first samples…');
  drawPaths(frame);
  drawTicks(frame);
  drawLegend();
  drawReadout(frame);
}

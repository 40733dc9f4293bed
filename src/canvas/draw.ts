import { pictureOf } from '../views/pictures.ts';
import type { StageFrame } from './frame.ts';
import { drawGround } from './ground.ts';
import { drawContours } from './layers/contours.ts';
import { drawTicks } from './layers/grid.ts';
import { drawPaths } from './layers/paths.ts';
import { drawScore } from './layers/score.ts';
import { drawStreamlines } from './layers/streamlines.ts';
import type { StagePalette, StageScene } from './types.ts';
import { type StageSize, viewport } from './view.ts';

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
  const sizeUnit = Math.min(1.4, Math.max(0.85, Math.min(size.width, size.height) / 320));
  const frame: StageFrame = {
    context,
    scene,
    time,
    palette,
    size,
    view: viewport(scene.view, size),
    unit: palette.emphasis * sizeUnit,
    textUnit: (0.5 + 0.5 * palette.emphasis) * sizeUnit,
  };
  const picture = pictureOf(scene.config);
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  drawGround(frame);
  picture.draw(frame);
  if (scene.layers.includes('contours')) drawContours(frame);
  if (scene.layers.includes('score')) drawScore(frame);
  if (scene.layers.includes('streamlines')) drawStreamlines(frame);
  drawPaths(frame);
  drawTicks(frame, picture.coversGround ? palette.text : palette.muted);
}

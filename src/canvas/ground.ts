import type { StageFrame } from './frame.ts';
import { drawGrid } from './layers/grid.ts';
import { drawGhostData } from './layers/points.ts';

interface Ground {
  readonly canvas: HTMLCanvasElement;
  /** All that decides it. */
  readonly of: readonly unknown[];
}

const grounds = new WeakMap<CanvasRenderingContext2D, Ground>();

/** What lies under a picture and does not move: the grid, and the data where they are asked for. Painted once, then copied. */
export function drawGround(frame: StageFrame): void {
  const { context, scene, palette, size, view } = frame;
  const data = scene.layers.includes('data') ? scene.data : null;
  const { originX, originY, scale } = view;
  const { width, height } = context.canvas;
  const of = [palette, data, scene.fileAxes, size.ratio, width, height, originX, originY, scale];
  let ground = grounds.get(context);
  if (ground?.of.some((part, i) => part !== of[i]) !== false) {
    ground = { canvas: painted(frame, ground?.canvas), of };
    grounds.set(context, ground);
  }
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(ground.canvas, 0, 0);
  context.restore();
}

/** @param canvas of an earlier ground, to be painted anew */
function painted(frame: StageFrame, canvas = document.createElement('canvas')): HTMLCanvasElement {
  const { width, height } = frame.context.canvas;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  const { ratio } = frame.size;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const onGround = { ...frame, context };
  drawGrid(onGround);
  if (frame.scene.layers.includes('data')) drawGhostData(onGround);
  return canvas;
}

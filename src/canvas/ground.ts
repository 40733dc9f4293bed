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
  const last = grounds.get(context);
  const isCurrent = last?.of.every((part, i) => part === of[i]) ?? false;
  const canvas = last?.canvas ?? document.createElement('canvas');
  if (!isCurrent) {
    paint(canvas, frame);
    grounds.set(context, { canvas, of });
  }
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(canvas, 0, 0);
  context.restore();
}

function paint(canvas: HTMLCanvasElement, frame: StageFrame): void {
  canvas.width = frame.context.canvas.width;
  canvas.height = frame.context.canvas.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  const { ratio } = frame.size;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const onGround = { ...frame, context };
  drawGrid(onGround);
  if (frame.scene.layers.includes('data')) drawGhostData(onGround);
}

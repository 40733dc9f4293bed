import type { StageScene } from './types.ts';

/** Size of a stage: CSS pixels, and device pixels per CSS pixel. */
export interface StageSize {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** Equal axes, y up: pixel = origin ± scale·data, CSS pixels. */
export interface Viewport {
  readonly originX: number;
  readonly originY: number;
  /** CSS pixels per data unit. */
  readonly scale: number;
  /** Data units seen, which is more than the scene's square where the canvas is not square. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export function viewport(view: StageScene['view'], size: StageSize): Viewport {
  const [centreX, centreY] = view.centre;
  const scale = Math.max(1e-6, Math.min(size.width, size.height) / (2 * view.halfWidth));
  const halfX = size.width / (2 * scale);
  const halfY = size.height / (2 * scale);
  return {
    originX: size.width / 2 - scale * centreX,
    originY: size.height / 2 + scale * centreY,
    scale,
    left: centreX - halfX,
    right: centreX + halfX,
    bottom: centreY - halfY,
    top: centreY + halfY,
  };
}

export const pixelX = (view: Viewport, x: number): number => view.originX + view.scale * x;
export const pixelY = (view: Viewport, y: number): number => view.originY - view.scale * y;
export const dataX = (view: Viewport, px: number): number => (px - view.originX) / view.scale;
export const dataY = (view: Viewport, py: number): number => (view.originY - py) / view.scale;

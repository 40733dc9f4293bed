import { DRAWING_EXTENT, type Position } from './drawing.ts';
import { clamp } from './sliderScale.ts';

const STEP = 0.1;
const LARGE_STEP = 0.5;

const DIRECTIONS: Readonly<Record<string, Position>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where a key moves the brush, data units, kept inside the square; null for keys that do not move it. */
export function cursorMove(key: string, large: boolean, at: Position): Position | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  const step = large ? LARGE_STEP : STEP;
  const moved = (axis: 0 | 1) => clamp(at[axis] + step * direction[axis], -DRAWING_EXTENT, DRAWING_EXTENT);
  return [moved(0), moved(1)];
}

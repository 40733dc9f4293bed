import { clamp } from './sliderScale.ts';

const PAGE = 0.1;

/**
 * Where a key takes the time axis; null for keys that mean nothing to it.
 * Home is the left end (t = 0, data) and End the right end (t = 1, noise).
 */
export function scrubTarget(key: string, time: number, step: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return clamp(time - step, 0, 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return clamp(time + step, 0, 1);
    case 'PageDown':
      return clamp(time - PAGE, 0, 1);
    case 'PageUp':
      return clamp(time + PAGE, 0, 1);
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return null;
  }
}

import { requireInteger } from '../check.ts';

/** @throws RangeError unless n is a whole number of levels from 1 to `most` */
export function requireLevels(nLevels: number, most: number = 100_000): void {
  requireInteger('The number n of noise levels', nLevels, 1, most);
}

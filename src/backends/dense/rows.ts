import { STRIP } from '../simd/layout.ts';

/**
 * Rows of numbers into strips (simd/kernel/strips.as); columns and rows beyond them become zeros.
 * @param from row-major [n][columns], of which `size` rows from row `first` on are taken
 * @param strips receives [⌈columns/8⌉][rows][8]
 */
export function toStrips(
  from: Float32Array,
  columns: number,
  first: number,
  size: number,
  strips: Float32Array,
  rows: number,
): void {
  strips.fill(0);
  for (let column = 0; column < columns; column += STRIP) {
    const width = Math.min(STRIP, columns - column);
    const strip = column * rows;
    for (let row = 0; row < size; row++) {
      const start = (first + row) * columns + column;
      const to = strip + row * STRIP;
      for (let k = 0; k < width; k++) strips[to + k] = from[start + k]!;
    }
  }
}

/** The way back. @param into row-major [n][columns] */
export function fromStrips(
  strips: Float32Array,
  rows: number,
  into: Float32Array,
  columns: number,
  first: number,
  size: number,
): void {
  for (let column = 0; column < columns; column += STRIP) {
    const width = Math.min(STRIP, columns - column);
    const strip = column * rows;
    for (let row = 0; row < size; row++) {
      const to = (first + row) * columns + column;
      const start = strip + row * STRIP;
      for (let k = 0; k < width; k++) into[to + k] = strips[start + k]!;
    }
  }
}

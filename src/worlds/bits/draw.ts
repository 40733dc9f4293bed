import type { WorldFrame } from '../../canvas/WorldCanvas.tsx';
import { BITS } from '../../core/discrete/bits.ts';
import type { BitFrames } from './recordings.ts';

/** Of the picture, around the rows. */
const MARGIN = 0.035;
/** Between cells, of a cell. */
const GAP = 0.12;

/** The frame nearest to a time of 0…1. */
export function frameAt({ T, times }: Pick<BitFrames, 'T' | 'times'>, time: number): number {
  const t = time * T;
  let nearest = 0;
  for (let k = 1; k < times.length; k++) {
    if (Math.abs(times[k]! - t) < Math.abs(times[nearest]! - t)) nearest = k;
  }
  return nearest;
}

/** Rows × cells: bits that are on are filled; those whose row is no pattern, at the data, are muted. */
export function drawBits(
  { context, palette, size, time }: WorldFrame,
  frames: BitFrames,
  ink: string,
  patterns: readonly string[],
  marked: readonly number[],
): void {
  const { rows, bits } = frames;
  const margin = MARGIN * Math.min(size.width, size.height);
  const cellWidth = (size.width - 2 * margin) / BITS;
  const cellHeight = (size.height - 2 * margin) / rows;
  const frame = frameAt(frames, time) * rows * BITS;
  const gap = GAP * Math.min(cellWidth, cellHeight);
  const isArrived = frames.times[frameAt(frames, time)] === 0;
  for (const bit of marked) {
    context.fillStyle = palette.grid;
    context.fillRect(margin + (bit - 1) * cellWidth, 0, cellWidth, size.height);
  }
  for (let row = 0; row < rows; row++) {
    const cells = bits.subarray(frame + row * BITS, frame + (row + 1) * BITS);
    const isKnown = !isArrived || patterns.includes(cells.join(''));
    for (let i = 0; i < BITS; i++) {
      context.fillStyle = cells[i] ? (isKnown ? ink : palette.muted) : palette.grid;
      const inset = cells[i] ? 0 : Math.min(cellWidth, cellHeight) * 0.28;
      context.fillRect(
        margin + i * cellWidth + gap / 2 + inset,
        margin + row * cellHeight + gap / 2 + inset,
        cellWidth - gap - 2 * inset,
        Math.max(0.5, cellHeight - gap - 2 * inset),
      );
    }
  }
}

/** The picture in words: how many bits are on, and how many rows are patterns. */
export function bitsInWords(frames: BitFrames, time: number, patterns: readonly string[]): string {
  const { rows, bits, times } = frames;
  const k = frameAt(frames, time);
  const cells = bits.subarray(k * rows * BITS, (k + 1) * rows * BITS);
  const on = cells.reduce((a, b) => a + b, 0) / cells.length;
  let known = 0;
  for (let row = 0; row < rows; row++) {
    if (patterns.includes(cells.subarray(row * BITS, (row + 1) * BITS).join(''))) known += 1;
  }
  return `${rows} rows of ${BITS} bits at step ${times[k]}; ${Math.round(100 * on)} % of the bits are on, ${known} rows are patterns`;
}

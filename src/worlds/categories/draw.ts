import type { WorldFrame } from '../../canvas/WorldCanvas.tsx';
import type { CellFrames, ContinuousFrames, MatrixFrames } from './recordings.ts';

const CELLS = 32;
/** Where masked points wait: a strip left of the plane and one below it, of its side. */
const RAIL = 0.08;
/** Steps of a sequence that fills a square evenly (R₂, Roberts 2018). */
const FILL = [0.7548776662466927, 0.5698402909980532] as const;

/** The frame nearest to a time of 0…1. */
export function frameAt(
  { T, times }: { readonly T: number; readonly times: Int32Array },
  time: number,
): number {
  let nearest = 0;
  for (let k = 1; k < times.length; k++) {
    if (Math.abs(times[k]! - time * T) < Math.abs(times[nearest]! - time * T)) nearest = k;
  }
  return nearest;
}

interface Place {
  readonly left: number;
  readonly bottom: number;
  /** Of a cell, CSS pixels. */
  readonly cell: number;
  readonly rail: number;
}

function placeOf({ size }: WorldFrame, n: number): Place {
  const side = Math.min(size.width, size.height);
  const margin = 0.03 * side;
  const rail = n > CELLS ? RAIL * side : 0;
  const cell = (side - 2 * margin - rail) / CELLS;
  const left = (size.width - side) / 2 + margin + rail;
  return { left, bottom: (size.height + side) / 2 - margin - rail, cell, rail };
}

/** Where a value lies along an axis: cells in order, the absorbing one on the rail before them. @returns its start and its length */
const spanOf = (value: number, { cell, rail }: Place): readonly [number, number] =>
  value < CELLS ? [value * cell, cell] : [-rail, rail * 0.8];

/** Particles in their cells, each at a place of its own there, over the exact q_t where that is recorded. */
export function drawCells(frame: WorldFrame, data: CellFrames, ink: string): void {
  const { context, palette, time } = frame;
  const place = placeOf(frame, data.n);
  const k = frameAt(data, time);
  drawFrame(frame, place);
  if (data.tables)
    drawTable(frame, place, data.tables.subarray(k * data.n ** 2, (k + 1) * data.n ** 2), (value) =>
      spanOf(value, place),
    );
  const size = Math.max(1.6, place.cell * 0.28) * palette.emphasis;
  context.fillStyle = ink;
  context.globalAlpha = data.tables ? 0.75 : 0.85;
  for (let p = 0; p < data.particles; p++) {
    const at = (k * data.particles + p) * 2;
    const [x, width] = spanOf(data.cells[at]!, place);
    const [y, height] = spanOf(data.cells[at + 1]!, place);
    const jitterX = 0.12 + 0.76 * ((p * FILL[0]) % 1);
    const jitterY = 0.12 + 0.76 * ((p * FILL[1]) % 1);
    const left = place.left + x + jitterX * width;
    const top = place.bottom - y - jitterY * height;
    context.fillRect(left - size / 2, top - size / 2, size, size);
  }
  context.globalAlpha = 1;
}

/** Particles where they are, over the exact density. */
export function drawContinuous(frame: WorldFrame, data: ContinuousFrames): void {
  const { context, palette, time } = frame;
  const place = placeOf(frame, data.n);
  const k = frameAt(data, time);
  const { side } = data;
  drawFrame(frame, place);
  const piece = (CELLS * place.cell) / side;
  const table = data.tables.subarray(k * side ** 2, (k + 1) * side ** 2);
  drawTable(frame, place, table, (value) => [value * piece, piece]);
  const size = Math.max(1.6, place.cell * 0.28) * palette.emphasis;
  context.fillStyle = palette.data;
  context.globalAlpha = 0.75;
  for (let p = 0; p < data.particles; p++) {
    const at = (k * data.particles + p) * 2;
    const left = place.left + data.positions[at]! * place.cell;
    const top = place.bottom - data.positions[at + 1]! * place.cell;
    context.fillRect(left - size / 2, top - size / 2, size, size);
  }
  context.globalAlpha = 1;
}

function drawFrame({ context, palette }: WorldFrame, { left, bottom, cell }: Place): void {
  context.strokeStyle = palette.grid;
  context.lineWidth = 1;
  context.strokeRect(left, bottom - CELLS * cell, CELLS * cell, CELLS * cell);
}

/** A table of probabilities as shades of the data's colour, the largest the darkest. @param spanOf start and length of a value's place */
function drawTable(
  { context, palette }: WorldFrame,
  place: Place,
  table: Float32Array,
  spanOf: (value: number) => readonly [number, number],
): void {
  const n = Math.sqrt(table.length);
  const largest = table.reduce((a, b) => Math.max(a, b), 0);
  context.fillStyle = palette.muted;
  for (let u = 0; u < n; u++) {
    for (let v = 0; v < n; v++) {
      const share = table[u * n + v]! / largest;
      if (share < 0.01) continue;
      const [x, width] = spanOf(u);
      const [y, height] = spanOf(v);
      context.globalAlpha = 0.55 * Math.sqrt(share);
      context.fillRect(place.left + x, place.bottom - y - height, width, height);
    }
  }
  context.globalAlpha = 1;
}

/** Q_t on the left and Q̄_t on the right, rows from the earlier value downwards. */
export function drawMatrices(frame: WorldFrame, data: MatrixFrames): void {
  const { context, palette, size, time } = frame;
  const k = frameAt(data, time);
  const { n } = data;
  const gap = 0.04 * size.width;
  const side = Math.min((size.width - 3 * gap) / 2, size.height - 3 * gap);
  const top = (size.height - side) / 2;
  const font = Math.max(11, 0.055 * side) * palette.emphasis;
  for (const [index, { label, table }] of [
    { label: 'Q_t', table: data.Q },
    { label: 'Q̄_t', table: data.Qbar },
  ].entries()) {
    const left = gap + index * (side + gap);
    const cell = side / n;
    context.fillStyle = palette.text;
    context.font = `600 ${font}px system-ui, sans-serif`;
    context.fillText(label, left, top - 0.5 * font);
    context.strokeStyle = palette.grid;
    context.strokeRect(left, top, side, side);
    context.fillStyle = palette.accent;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const p = table[(k * n + i) * n + j]!;
        if (p < 1e-4) continue;
        // By its square root, so that small chances are seen.
        context.globalAlpha = Math.sqrt(Math.min(1, p));
        context.fillRect(left + j * cell, top + i * cell, cell, cell);
      }
    }
    context.globalAlpha = 1;
  }
}

export function cellsInWords(data: CellFrames, time: number): string {
  const k = frameAt(data, time);
  const cells = data.cells.subarray(k * data.particles * 2, (k + 1) * data.particles * 2);
  const masked = cells.reduce((sum, value) => sum + (value === CELLS ? 1 : 0), 0) / cells.length;
  const waiting = data.n > CELLS ? `; ${Math.round(100 * masked)} % of the coordinates are masked` : '';
  return `${data.particles} particles in 32 × 32 cells at step ${data.times[k]}${waiting}`;
}

export function continuousInWords(data: ContinuousFrames, time: number): string {
  const k = frameAt(data, time);
  return `${data.particles} particles under Gaussian noise at step ${data.times[k]}, total variation ${data.variations[k]!.toFixed(3)} from the cells`;
}

export function matricesInWords(data: MatrixFrames, time: number): string {
  const k = frameAt(data, time);
  const { n } = data;
  const stays = (table: Float32Array) => {
    let sum = 0;
    for (let i = 0; i < CELLS; i++) sum += table[(k * n + i) * n + i]! / CELLS;
    return `${(100 * sum).toFixed(1)} %`;
  };
  return `at step ${data.times[k]} a value stays with probability ${stays(data.Q)} in that step, and is what it was with ${stays(data.Qbar)}`;
}

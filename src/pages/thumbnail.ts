import type { StagePalette } from '../canvas/types.ts';
import { createRng } from '../core/rng.ts';
import { type DataConfig, datasetOf } from '../experiment/dataset.ts';
import { PLAIN_TABLE } from '../experiment/pointsTableCodec.ts';

const POINTS = 260;
const LARGEST_RATIO = 2;
/** Of the picture's half width, so that no point touches its edge. */
const FILLED = 0.86;

interface Pictured {
  /** Registry id, or that of own points. */
  readonly id: string;
  /** The person's own data, where they are meant. */
  readonly own: DataConfig | null;
}

/** Points of a data set, interleaved, in −1…1 about the middle of what they span. @param n how many */
export function thumbnailPoints({ id, own }: Pictured, n = POINTS): Float64Array {
  const config = own ?? { dataset: id, customPoints: [], customTable: PLAIN_TABLE, customData: '' };
  const points = datasetOf(config).sample(n, createRng(7), 1);
  const ends = [0, 1].map((axis) => {
    const values = points.filter((_, i) => i % 2 === axis);
    return [Math.min(...values), Math.max(...values)] as const;
  });
  const half = Math.max(...ends.map(([low, high]) => (high - low) / 2)) || 1;
  return points.map((value, i) => {
    const [low, high] = ends[i % 2]!;
    return (value - (low + high) / 2) / half;
  });
}

/** Draws a data set as small as its canvas is. */
export function drawThumbnail(canvas: HTMLCanvasElement, pictured: Pictured, palette: StagePalette): void {
  const context = canvas.getContext('2d');
  const ratio = Math.min(LARGEST_RATIO, devicePixelRatio || 1);
  const side = canvas.clientWidth || 40;
  if (context === null) return;
  canvas.width = canvas.height = Math.round(side * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.data;
  context.globalAlpha = 0.75;
  const half = side / 2;
  const dot = Math.max(1, (side / 36) * palette.emphasis);
  const points = thumbnailPoints(pictured);
  for (let i = 0; i < points.length; i += 2) {
    const x = half * (1 + FILLED * points[i]!);
    const y = half * (1 - FILLED * points[i + 1]!);
    context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
  }
}

import type { Standardization } from '../../../core/standardize.ts';

/** Most frames that a recording has: both ends and 59 between. */
export const MAX_FRAMES = 61;

/** A path being recorded: one entry per frame, points in data units. */
export interface Frames {
  readonly times: number[];
  readonly nfe: number[];
  readonly x: Float32Array[];
  readonly x0Hat: Float32Array[];
}

export function newFrames(): Frames {
  return { times: [], nfe: [], x: [], x0Hat: [] };
}

/** Which of `nStates` states to keep as frames: at most `nFrames`, evenly spread, both ends among them. */
export function keptStates(nStates: number, nFrames = MAX_FRAMES): ReadonlySet<number> {
  const n = Math.min(nStates, Math.max(2, nFrames));
  if (n < 2) return new Set([0]);
  return new Set(Array.from({ length: n }, (_, k) => Math.round((k * (nStates - 1)) / (n - 1))));
}

/** Keeps at most `nFrames` of the frames, evenly spread, both ends among them. */
export function thinFrames(frames: Frames, nFrames: number): void {
  const kept = keptStates(frames.times.length, nFrames);
  const thin = <T>(list: T[]) => void list.splice(0, list.length, ...list.filter((_, i) => kept.has(i)));
  thin(frames.times);
  thin(frames.nfe);
  thin(frames.x);
  thin(frames.x0Hat);
}

/**
 * Scaled units to data units: x = centre + scale·x_scaled.
 * @param shrink of the picture about the centre (`shrinkAt`)
 */
export function dataUnits(
  { centre, scale }: Standardization,
  points: ArrayLike<number>,
  shrink = 1,
): Float32Array {
  const factor = scale * shrink;
  const out = new Float32Array(points.length);
  for (let i = 0; i < out.length; i++) out[i] = centre[i & 1]! + factor * points[i]!;
  return out;
}

/** Frames one after the other. */
export function joined(frames: readonly Float32Array[]): Float32Array {
  const size = frames[0]?.length ?? 0;
  const out = new Float32Array(frames.length * size);
  for (const [f, frame] of frames.entries()) out.set(frame, f * size);
  return out;
}

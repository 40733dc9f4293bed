import { type NetworkShape, networkInputs } from '../network.ts';

/** A workgroup has a thread for each hidden unit, and carries a tile of points through the whole network. */
export interface Tile {
  /** Points, a multiple of 4. */
  readonly points: number;
  /** Points in fours: each thread holds its unit's sums of the tile in so many vec4f. */
  readonly quads: number;
}

export const WIDTH_STEP = 16;
export const MAX_WIDTH = 256;
export const MAX_DEPTH = 6;
const STORAGE_BUFFERS = 7;
/** Threads of the kernels whose number does not depend on the width. */
const OTHER_THREADS = 64;

/** Sixteen points, or eight where sixteen columns of activations would not leave room in 16 KiB. */
export function tileOf({ width }: NetworkShape): Tile {
  const points = width > 128 ? 8 : 16;
  return { points, quads: points / 4 };
}

/**
 * Workgroups for n points.
 * @throws RangeError when that is more than the device takes at once
 */
export function tilesFor(n: number, shape: NetworkShape, limits: GPUSupportedLimits): number {
  const { points } = tileOf(shape);
  const most = points * limits.maxComputeWorkgroupsPerDimension;
  if (n > most) throw new RangeError(`This GPU takes at most ${most} points at once, not ${n}.`);
  return Math.ceil(n / points);
}

/** Of the network's inputs and the 1 that the biases belong to, made a multiple of 4. */
export const inputStride = (shape: NetworkShape): number => 4 * Math.ceil((networkInputs(shape) + 1) / 4);

/** Bytes of workgroup memory that the largest kernel, forward and backward, declares. */
export function workgroupBytes(shape: NetworkShape): number {
  const { points } = tileOf(shape);
  const stride = inputStride(shape);
  const activations = 4 * points * Math.max(shape.width, stride);
  const partialSums = 16 * shape.width;
  const staged = 4 * points * stride;
  const perPoint = 16 * points;
  const outputs = 2 * 4 * points * shape.outputs;
  return activations + partialSums + staged + perPoint + outputs;
}

/** Why these kernels cannot train a network of this shape on a device with these limits; null when they can. */
export function unsupported(shape: NetworkShape, limits: GPUSupportedLimits): string | null {
  const { width, depth } = shape;
  if (!Number.isInteger(width) || width < WIDTH_STEP || width % WIDTH_STEP !== 0) {
    return `The fused GPU trainer needs a width that is a multiple of ${WIDTH_STEP}, not ${width}.`;
  }
  if (width > MAX_WIDTH) return `The fused GPU trainer needs a width of at most ${MAX_WIDTH}, not ${width}.`;
  if (!Number.isInteger(depth) || depth < 1 || depth > MAX_DEPTH) {
    return `The fused GPU trainer needs 1 to ${MAX_DEPTH} hidden layers, not ${depth}.`;
  }
  const threads = Math.min(limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX);
  const wanted = Math.max(width, OTHER_THREADS);
  if (wanted > threads) {
    return `This GPU runs at most ${threads} threads together; width ${width} needs ${wanted}.`;
  }
  const bytes = workgroupBytes(shape);
  if (bytes > limits.maxComputeWorkgroupStorageSize) {
    return `This GPU shares at most ${limits.maxComputeWorkgroupStorageSize} bytes among threads; width ${width} needs ${bytes}.`;
  }
  if (limits.maxStorageBuffersPerShaderStage < STORAGE_BUFFERS) {
    return `This GPU binds at most ${limits.maxStorageBuffersPerShaderStage} buffers at once; ${STORAGE_BUFFERS} are needed.`;
  }
  return null;
}

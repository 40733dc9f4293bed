/** Buffers and canvases that every draw reuses, so that a playing animation allocates nothing. */
const buffers = new Map<string, Float32Array<ArrayBuffer>>();

/** A buffer of at least `length`; its content is whatever the last user of that name left. */
export function scratchBuffer(name: string, length: number): Float32Array<ArrayBuffer> {
  let buffer = buffers.get(name);
  if (buffer === undefined || buffer.length < length) {
    buffer = new Float32Array(length);
    buffers.set(name, buffer);
  }
  return buffer;
}

/** An image to be filled by hand and drawn. */
export interface ScratchImage {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly image: ImageData;
  /** The image's pixels as 0xAABBGGRR; every platform with a browser is little-endian. */
  readonly pixels: Uint32Array;
}

const MOST_IMAGES = 6;
const images = new Map<string, ScratchImage>();

/** Its content is whatever the last user of that size left. */
export function scratchImage(width: number, height: number): ScratchImage {
  const key = `${width}×${height}`;
  let found = images.get(key);
  if (found === undefined) {
    if (images.size >= MOST_IMAGES) images.clear();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('This browser has no 2D canvas.');
    const image = context.createImageData(width, height);
    found = { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
    images.set(key, found);
  }
  return found;
}

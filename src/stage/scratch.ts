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

/** A square image to be filled by hand and drawn scaled. */
export interface ScratchImage {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly pixels: ImageData;
}

const images = new Map<number, ScratchImage>();

export function scratchImage(side: number): ScratchImage {
  let image = images.get(side);
  if (image === undefined) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('This browser has no 2D canvas.');
    image = { canvas, context, pixels: context.createImageData(side, side) };
    images.set(side, image);
  }
  return image;
}

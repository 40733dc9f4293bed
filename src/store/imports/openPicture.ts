import { createRng } from '../../core/rng.ts';
import { type Darkness, darknessOf, inverted, pointsOfDarkness } from '../../experiment/import/darkness.ts';
import type { ImportedSample } from '../../experiment/import/openFile.ts';
import { isCutOff } from '../../experiment/import/pictureEnd.ts';
import { PointsFileError } from '../../experiment/import/pointsFileError.ts';
import { PLAIN_TABLE } from '../../experiment/pointsTableCodec.ts';

/** Finer than the points are dense. */
const MAX_SIDE = 512;
export const PICTURE_POINTS = { min: 100, max: 100_000, usual: 5000 } as const;

export interface PictureChoices {
  /** How many points to draw, 100 to 100 000. */
  readonly points?: number;
  /** Light on dark; guessed where it is left out. */
  readonly invert?: boolean;
  readonly seed?: number;
}

export interface OpenedPicture {
  readonly width: number;
  readonly height: number;
  readonly inverted: boolean;
  readonly sample: ImportedSample;
}

/** Whether a file is a picture, by its type or its name. */
export const isPicture = (file: Blob, fileName: string): boolean =>
  file.type.startsWith('image/') || /\.(png|jpe?g|svg|webp|gif|bmp|avif)$/i.test(fileName);

/**
 * Points as dense as a picture is dark.
 * @throws PointsFileError when the browser cannot show it, or it is empty or cut off
 */
export async function openPicture(
  file: Blob,
  fileName: string,
  choices: PictureChoices,
): Promise<OpenedPicture> {
  const { points: n = PICTURE_POINTS.usual, seed = 1 } = choices;
  if (!Number.isInteger(n) || n < PICTURE_POINTS.min || n > PICTURE_POINTS.max) {
    throw new PointsFileError(
      `${n} points cannot be drawn of ${fileName}.`,
      'Ask for a whole number from 100 to 100,000.',
    );
  }
  if (isCutOff(new Uint8Array(await file.arrayBuffer()))) {
    throw new PointsFileError(`${fileName} is cut off: its end is missing.`, 'Save or download it again.');
  }
  const picture = await pixelsOf(file, fileName);
  const invert = choices.invert ?? picture.mostlyDark;
  const shown = invert ? inverted(picture) : picture;
  const points = pointsOfDarkness(shown, n, createRng(seed).fork('picture'), fileName);
  const guessed = invert && choices.invert === undefined;
  const notes = [
    `${n.toLocaleString('en')} points were drawn by the ${invert ? 'lightness' : 'darkness'} of ${fileName}.`,
    ...(guessed ? ['Most of it is dark, so light counts as ink.'] : []),
  ];
  const columns = { x: 'x', y: 'y', class: null };
  const { width, height } = picture;
  return { width, height, inverted: invert, sample: { rows: n, points, table: PLAIN_TABLE, columns, notes } };
}

async function pixelsOf(file: Blob, fileName: string): Promise<Darkness> {
  const type = file.type || (/\.svg$/i.test(fileName) ? 'image/svg+xml' : '');
  const address = URL.createObjectURL(type === file.type ? file : new Blob([file], { type }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    // A drawing (SVG) may have no size of its own.
    const [width, height] = [image.naturalWidth || MAX_SIDE, image.naturalHeight || MAX_SIDE];
    const isDrawing = type === 'image/svg+xml';
    const scale = isDrawing
      ? MAX_SIDE / Math.max(width, height)
      : Math.min(1, MAX_SIDE / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('There is no canvas.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return darknessOf(data, canvas.width, canvas.height);
  } catch {
    throw new PointsFileError(`${fileName} cannot be shown as a picture.`, 'Save it as PNG, JPEG or SVG.');
  } finally {
    URL.revokeObjectURL(address);
  }
}

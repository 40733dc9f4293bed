import type { Rng } from '../../core/types.ts';
import { PointsFileError } from './pointsFileError.ts';

/** How dark each pixel of a picture is, 0…1, row by row from the top. */
export interface Darkness {
  readonly width: number;
  readonly height: number;
  /** [height][width] */
  readonly values: Float32Array;
  /** Whether most of it is dark, so that light is what was meant. */
  readonly mostlyDark: boolean;
}

/** Lighter than this is paper. */
const PAPER = 0.08;
/** Half the extent that the longer side is given, data units. */
const HALF_EXTENT = 3;

/**
 * How dark the pixels are; what is transparent is empty.
 * @param pixels [height][width][4] red, green, blue and opacity, 0…255
 */
export function darknessOf(pixels: ArrayLike<number>, width: number, height: number): Darkness {
  const values = new Float32Array(width * height);
  let dark = 0;
  for (let i = 0; i < values.length; i++) {
    const [red, green, blue, opacity] = [0, 1, 2, 3].map((part) => pixels[4 * i + part]!) as Pixel;
    // Rec. 709, as the eye weighs the colours.
    const light = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    values[i] = ((1 - light) * opacity) / 255;
    if (values[i]! > 0.5) dark += 1;
  }
  return { width, height, values, mostlyDark: dark > values.length / 2 };
}

type Pixel = [red: number, green: number, blue: number, opacity: number];

/** The same with light for dark. */
export const inverted = (picture: Darkness): Darkness => ({
  ...picture,
  values: picture.values.map((value) => 1 - value),
});

/**
 * Points as dense as a picture is dark: one in each of n parts of equal darkness, at random within its pixel.
 * @returns [n][2] data units, the longer side from −3 to 3, y upwards
 * @throws PointsFileError when the picture is empty
 */
export function pointsOfDarkness(picture: Darkness, n: number, rng: Rng, fileName: string): Float64Array {
  const { width, height, values } = picture;
  const ink = values.map((value) => (value < PAPER ? 0 : value));
  const total = ink.reduce((sum, value) => sum + value, 0);
  if (total < 1) {
    throw new PointsFileError(
      `${fileName} is an empty picture: nothing in it is dark.`,
      'Give dark shapes on a light ground, or turn on "Light on dark".',
    );
  }
  const unit = (2 * HALF_EXTENT) / Math.max(width, height);
  const points = new Float64Array(2 * n);
  let pixel = 0;
  let reached = ink[0]!;
  for (let i = 0; i < n; i++) {
    const wanted = ((i + rng.uniform()) / n) * total;
    while (reached < wanted && pixel < ink.length - 1) reached += ink[++pixel]!;
    points[2 * i] = ((pixel % width) + rng.uniform() - width / 2) * unit;
    points[2 * i + 1] = (height / 2 - Math.floor(pixel / width) - rng.uniform()) * unit;
  }
  return points;
}

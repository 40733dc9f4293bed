import { spreadOut } from '../../charts/endLabels.ts';

/** Half width of the plane, in the units of the embeddings. */
export const REACH = 3;
/** Where the words are written: to the left and to the right of their points, none over another. */
export const COLUMN = 2;
const SPACING = 0.3;

/** A word's point, downwards as pictures have it, and the height at which it is written. */
export interface PlaneLabel {
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly isRight: boolean;
  readonly middle: number;
}

/** Words in two columns beside their points, as near to their heights as keeps them apart. @param embeddings [V][2] */
export function planeLabels(embeddings: ArrayLike<number>): readonly PlaneLabel[] {
  const points = Array.from({ length: embeddings.length / 2 }, (_, v) => ({
    v,
    x: embeddings[2 * v]!,
    y: -embeddings[2 * v + 1]!,
  }));
  const acrossward = points.toSorted((a, b) => a.x - b.x);
  const half = Math.ceil(points.length / 2);
  return [false, true].flatMap((isRight) => {
    const side = (isRight ? acrossward.slice(half) : acrossward.slice(0, half)).toSorted((a, b) => a.y - b.y);
    const room: [number, number] = [SPACING - REACH, REACH - SPACING];
    const middles = spreadOut(
      side.map(({ y }) => y),
      SPACING,
      room,
    );
    return side.map((point, k) => ({ ...point, isRight, middle: middles[k]! }));
  });
}

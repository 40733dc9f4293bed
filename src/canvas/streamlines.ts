import type { FieldSlice } from './field.ts';

/** A line that follows the field, interleaved data units, in its direction. */
export type Streamline = readonly number[];

/** Lines come no nearer to others than this share of their separation (Jobard & Lefer 1997 take a half). */
const NEAREST = 0.5;
/** Of an integration step, in separations. */
const STEP = 0.2;
/** Of one line, in steps each way. */
const MOST_STEPS = 160;
/** Shorter ones, in points, are specks. */
const FEWEST_POINTS = 8;

/**
 * Evenly spaced streamlines (Jobard & Lefer 1997): each new line starts a separation beside one that is there, then wherever a lattice of
 * starts finds room, and ends where it would come too near to another. Lengths of the vectors do not matter, only their directions.
 * @param slice vectors on a grid
 * @param separation data units
 */
export function evenStreamlines(slice: FieldSlice, separation: number): readonly Streamline[] {
  const { centre, halfWidth } = slice;
  const width = Math.ceil((2 * halfWidth) / separation) + 1;
  const cells = new Map<number, { x: number; y: number; line: number; at: number }[]>();
  const column = (x: number) => Math.floor((x - centre[0] + halfWidth) / separation);
  const row = (y: number) => Math.floor((y - centre[1] + halfWidth) / separation);
  const inside = (x: number, y: number) =>
    Math.abs(x - centre[0]) < halfWidth && Math.abs(y - centre[1]) < halfWidth;
  /** Whether nothing is nearer than a distance, but for the latest points of the line itself. */
  const isFree = (x: number, y: number, distance: number, line = -1, at = 0): boolean => {
    const [i, j] = [column(x), row(y)];
    for (let a = i - 1; a <= i + 1; a++) {
      for (let b = j - 1; b <= j + 1; b++) {
        for (const other of cells.get(b * width + a) ?? []) {
          const isOwn = other.line === line && Math.abs(other.at - at) * STEP < 2;
          if (!isOwn && Math.hypot(other.x - x, other.y - y) < distance) return false;
        }
      }
    }
    return true;
  };
  const lines: Streamline[] = [];
  const grow = (x0: number, y0: number): void => {
    if (!inside(x0, y0) || !isFree(x0, y0, separation)) return;
    const line = lines.length;
    const own: { x: number; y: number; at: number }[] = [{ x: x0, y: y0, at: 0 }];
    const halves = [-1, 1].map((sense) => {
      const points: { x: number; y: number }[] = [];
      let [x, y] = [x0, y0];
      for (let k = 1; k <= MOST_STEPS; k++) {
        const next = stepped(slice, x, y, sense * STEP * separation);
        if (next === null || !inside(...next)) break;
        [x, y] = next;
        const meetsItself = own.some(
          (point) =>
            Math.abs(point.at - sense * k) * STEP >= 2 &&
            Math.hypot(point.x - x, point.y - y) < NEAREST * separation,
        );
        if (meetsItself || !isFree(x, y, NEAREST * separation, line, sense * k)) break;
        points.push({ x, y });
        own.push({ x, y, at: sense * k });
      }
      return points;
    });
    const whole = [...halves[0]!.reverse(), { x: x0, y: y0 }, ...halves[1]!];
    if (whole.length < FEWEST_POINTS) return;
    for (const { x, y, at } of own) {
      const key = row(y) * width + column(x);
      const cell = cells.get(key) ?? [];
      cell.push({ x, y, line, at });
      cells.set(key, cell);
    }
    lines.push(whole.flatMap(({ x, y }) => [x, y]));
  };
  grow(centre[0] + 0.31 * halfWidth, centre[1] + 0.17 * halfWidth);
  for (let k = 0; k < lines.length; k++) besides(lines[k]!, separation, grow);
  const starts = Math.floor((2 * halfWidth) / separation);
  for (let k = 0; k < starts ** 2; k++) {
    const at = (i: number) => ((2 * (i + 0.5)) / starts - 1) * halfWidth;
    const before = lines.length;
    grow(centre[0] + at(k % starts), centre[1] + at(Math.floor(k / starts)));
    for (let own = before; own < lines.length; own++) besides(lines[own]!, separation, grow);
  }
  return lines;
}

/** Tries to start lines on either side of one. */
function besides(line: Streamline, separation: number, grow: (x: number, y: number) => void): void {
  for (let i = 0; i + 3 < line.length; i += 10) {
    const [dx, dy] = [line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!];
    const length = Math.hypot(dx, dy);
    for (const side of [-1.01, 1.01]) {
      const reach = (side * separation) / length;
      grow(line[i]! - reach * dy, line[i + 1]! + reach * dx);
    }
  }
}

/** A step of the midpoint method along the direction; null where there is none. */
function stepped(slice: FieldSlice, x: number, y: number, length: number): [number, number] | null {
  const here = directionAt(slice, x, y);
  if (here === null) return null;
  const middle = directionAt(slice, x + (length / 2) * here[0], y + (length / 2) * here[1]);
  // Where the field turns round within a step, it has come to a place towards which all lines run.
  if (middle === null || here[0] * middle[0] + here[1] * middle[1] < 0) return null;
  return [x + length * middle[0], y + length * middle[1]];
}

/** The direction of the field between its nodes; null outside, and where it is 0 or no number. */
function directionAt(
  { resolution, centre, halfWidth, values }: FieldSlice,
  x: number,
  y: number,
): readonly [number, number] | null {
  const place = (value: number, middle: number) =>
    ((value - middle + halfWidth) / (2 * halfWidth)) * (resolution - 1);
  const [u, v] = [place(x, centre[0]), place(y, centre[1])];
  if (!(u >= 0 && v >= 0 && u <= resolution - 1 && v <= resolution - 1)) return null;
  const [i, j] = [Math.min(resolution - 2, Math.floor(u)), Math.min(resolution - 2, Math.floor(v))];
  const [a, b] = [u - i, v - j];
  const along = (component: 0 | 1) => {
    const node = (column: number, row: number) => values[2 * (row * resolution + column) + component]!;
    const low = node(i, j) * (1 - a) + node(i + 1, j) * a;
    return low * (1 - b) + (node(i, j + 1) * (1 - a) + node(i + 1, j + 1) * a) * b;
  };
  const [dx, dy] = [along(0), along(1)];
  const length = Math.hypot(dx, dy);
  return length > 0 && Number.isFinite(length) ? [dx / length, dy / length] : null;
}

/**
 * At most `n` of the points, spread evenly over where they lie; deterministic. Cells of a square grid are
 * visited in turn and each gives its next point, so that dense strokes lose points before sparse ones do.
 * @param points interleaved x₀,y₀,x₁,y₁,…
 * @returns interleaved, in the order of `points`
 */
export function thinEvenly(points: ArrayLike<number>, n: number): number[] {
  const total = Math.floor(points.length / 2);
  const kept = total <= n ? Array.from({ length: total }, (_, i) => i) : chooseEvenly(points, total, n);
  return kept.flatMap((i) => [points[2 * i]!, points[2 * i + 1]!]);
}

function chooseEvenly(points: ArrayLike<number>, total: number, n: number): number[] {
  let cells = [...cellsOf(points, total, n).values()].map(inSpreadOrder);
  const chosen: number[] = [];
  for (let round = 0; chosen.length < n; round++) {
    const room = n - chosen.length;
    // Where not every cell can give one more, the givers are spread over the list of cells.
    const givers = cells.length <= room ? cells : spread(cells, room);
    for (const cell of givers) chosen.push(cell[round]!);
    cells = cells.filter((cell) => cell.length > round + 1);
  }
  return chosen.sort((a, b) => a - b);
}

/** Point indices by grid cell; about n cells cover the bounding square. */
function cellsOf(points: ArrayLike<number>, total: number, n: number): Map<number, number[]> {
  const side = Math.max(1, Math.ceil(Math.sqrt(n)));
  const { low, extent } = boundingSquare(points);
  const cell = (value: number, axis: 0 | 1) =>
    extent === 0 ? 0 : Math.min(side - 1, Math.floor(((value - low[axis]) / extent) * side));
  const cells = new Map<number, number[]>();
  for (let i = 0; i < total; i++) {
    const key = cell(points[2 * i + 1]!, 1) * side + cell(points[2 * i]!, 0);
    const members = cells.get(key);
    if (members === undefined) cells.set(key, [i]);
    else members.push(i);
  }
  return cells;
}

/** The members in an order whose every beginning is spread over all: 0, ½, ¼, ¾, … of the way along (van der Corput). */
function inSpreadOrder(members: readonly number[]): number[] {
  const digits = Math.ceil(Math.log2(members.length));
  const order: number[] = [];
  for (let k = 0; k < 2 ** digits; k++) {
    const reversed = Number.parseInt([...k.toString(2).padStart(digits, '0')].reverse().join(''), 2);
    if (reversed < members.length) order.push(members[reversed]!);
  }
  return order;
}

function spread<T>(items: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}

/** The lower left corner, the centre and the longer side of the box around interleaved points. */
export function boundingSquare(points: ArrayLike<number>): {
  readonly low: readonly [number, number];
  readonly centre: readonly [number, number];
  readonly extent: number;
} {
  const low: [number, number] = [Infinity, Infinity];
  const high: [number, number] = [-Infinity, -Infinity];
  for (let i = 0; i < points.length; i++) {
    const axis = (i % 2) as 0 | 1;
    low[axis] = Math.min(low[axis], points[i]!);
    high[axis] = Math.max(high[axis], points[i]!);
  }
  const centre = [low[0] / 2 + high[0] / 2, low[1] / 2 + high[1] / 2] as const;
  return { low, centre, extent: Math.max(high[0] - low[0], high[1] - low[1]) };
}

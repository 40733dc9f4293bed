import { noisedDensity, type PointAnswer } from '../noisedDensity.ts';
import { type TruncatedNormal, truncatedNormal } from '../truncatedNormal.ts';
import type { Kernel } from '../types.ts';
import { type CellGrid, cellsOf } from './cellGrid.ts';

/** p_t of a grid at one point at a time. */
export interface GridField {
  /** Looks at a point. @returns ln of what p_t is at the most */
  lookAt(x: number, y: number): number;
  /** p_t at that point, in the same object each time. */
  answer(): Pick<PointAnswer, 'logDensity' | 'scoreX' | 'scoreY'>;
}

/** One axis of a grid at one point: of each column its part of p_t, and a moment of it, from which the score follows. */
interface Axis {
  readonly part: Float64Array;
  readonly moment: Float64Array;
  /** Columns that matter; of others nothing is known. */
  first: number;
  last: number;
  /** ln of the constant of all parts. */
  readonly logConstant: number;
  /** @returns ln of what the likeliest part is at the most; parts are over the e^ of it */
  lookAt(x: number): number;
  fill(): void;
  /** The score along the axis where this is the mean of the moments over that of the parts. */
  score(moment: number): number;
}

/** Columns whose part is below this share of the likeliest are left out. */
const LEAST = 1e-40;
const LOG_LEAST = Math.log(LEAST);
/** Below this share of what it may be at the most, a sum of parts may lack what was left out, and is made cell by cell. */
const DOUBTFUL = 1e-22;

/**
 * p_t of a grid: each axis gives its parts, and the cells are products. That takes a few exponentials where cells one by one take n².
 * @param kernel σ above 0
 */
export function gridField(grid: CellGrid, kernel: Kernel): GridField {
  const { directions, weights, n, mass } = grid;
  const [[ex, ey], [fx, fy]] = directions;
  const axisOf = grid.kind === 'box' ? boxAxis : gaussianAxis;
  const columns = axisOf(grid, 0, kernel);
  const rows = axisOf(grid, 1, kernel);
  const used = usedOf(grid).rows;
  const { part: partsOfRows, moment: momentsOfRows } = rows;
  const constant = columns.logConstant + rows.logConstant;
  const logMass = Math.log(mass);
  const found = { logDensity: 0, scoreX: 0, scoreY: 0 };
  const at = { x: 0, y: 0, log: 0 };
  let cellByCell: ReturnType<typeof noisedDensity> | null = null;
  return {
    lookAt(x, y) {
      at.x = x;
      at.y = y;
      at.log = columns.lookAt(ex * x + ey * y) + rows.lookAt(fx * x + fy * y) + constant;
      return at.log + logMass;
    },
    answer() {
      columns.fill();
      rows.fill();
      const { first: firstRow, last: lastRow } = rows;
      let total = 0;
      let first = 0;
      let second = 0;
      for (let i = columns.first; i <= columns.last; i++) {
        const from = Math.max(firstRow, used[2 * i]!);
        const to = Math.min(lastRow, used[2 * i + 1]!);
        let sum = 0;
        let moments = 0;
        for (let j = from, k = i * n + from; j <= to; j++, k++) {
          const weight = weights[k]!;
          sum += weight * partsOfRows[j]!;
          moments += weight * momentsOfRows[j]!;
        }
        const part = columns.part[i]!;
        total += part * sum;
        first += columns.moment[i]! * sum;
        second += part * moments;
      }
      if (total < DOUBTFUL * mass) {
        cellByCell ??= noisedDensity(cellsOf(grid), kernel);
        return cellByCell(at.x, at.y);
      }
      const u = columns.score(first / total);
      const v = rows.score(second / total);
      found.logDensity = at.log + Math.log(total);
      found.scoreX = u * ex + v * fx;
      found.scoreY = u * ey + v * fy;
      return found;
    },
  };
}

/** Which cells of a grid have a weight. */
interface Used {
  /** The first and the last column, and the first and the last row. */
  readonly ends: readonly [Ends, Ends];
  /** [column][2] its first and its last row; the last before the first where it has none. */
  readonly rows: Int32Array;
}

type Ends = readonly [first: number, last: number];

const known = new WeakMap<CellGrid, Used>();

function usedOf(grid: CellGrid): Used {
  const found = known.get(grid) ?? usedIn(grid);
  known.set(grid, found);
  return found;
}

function usedIn({ n, weights }: CellGrid): Used {
  const columns = Array.from({ length: n }, (_, i) => weights.subarray(i * n, i * n + n));
  const ends = columns.map((column): Ends => {
    const first = column.findIndex((weight) => weight > 0);
    return [first < 0 ? n : first, column.findLastIndex((weight) => weight > 0)];
  });
  const isUsed = ([first, last]: Ends) => first <= last;
  const used: Ends = [ends.findIndex(isUsed), ends.findLastIndex(isUsed)];
  const rows: Ends = [Math.min(...ends.map(([first]) => first)), Math.max(...ends.map(([, last]) => last))];
  return { ends: [used, rows], rows: Int32Array.from(ends.flat()) };
}

/** N(ξ; αm_k, α²v + σ²) of Gaussians at equal distances: from the nearest on, each is the one before times a factor that shrinks evenly. */
function gaussianAxis(grid: CellGrid, which: 0 | 1, { alpha, sigma }: Kernel): Axis {
  const { from, sides, variances, n } = grid;
  const [least, most] = usedOf(grid).ends[which];
  const deviation = Math.sqrt(alpha ** 2 * variances[which] + sigma ** 2);
  const begin = (alpha * (from[which] + sides[which] / 2)) / deviation;
  const stride = (alpha * sides[which]) / deviation;
  const shrink = Math.exp(-stride * stride);
  const narrow = Math.exp((-stride * stride) / 2);
  const part = new Float64Array(n);
  const moment = new Float64Array(n);
  /** The column that is nearest to the point, and how far that is: in an array, where a number is written without being allocated. */
  let nearest = least;
  const at = new Float64Array(1);
  const axis: Axis = {
    part,
    moment,
    first: least,
    last: most,
    logConstant: -Math.log(2 * Math.PI) / 2 - Math.log(deviation),
    lookAt(x) {
      const place = x / deviation - begin;
      nearest = stride > 0 ? Math.min(most, Math.max(least, Math.round(place / stride))) : least;
      const z = place - nearest * stride;
      at[0] = z;
      return (-z * z) / 2;
    },
    fill() {
      part[nearest] = 1;
      moment[nearest] = 0;
      const onwards = Math.exp(at[0]! * stride);
      axis.last = most;
      for (let k = nearest + 1, value = 1, factor = onwards * narrow; k <= most; k++) {
        value *= factor;
        factor *= shrink;
        // Whatever follows is less.
        if (!(value > LEAST)) {
          axis.last = k - 1;
          break;
        }
        part[k] = value;
        moment[k] = value * (k - nearest);
      }
      axis.first = least;
      for (let k = nearest - 1, value = 1, factor = narrow / onwards; k >= least; k--) {
        value *= factor;
        factor *= shrink;
        if (!(value > LEAST)) {
          axis.first = k + 1;
          break;
        }
        part[k] = value;
        moment[k] = value * (k - nearest);
      }
    },
    score: (columns) => (columns * stride - at[0]!) / deviation,
  };
  return axis;
}

const interval: TruncatedNormal = { logMean: 0, mean: 0, offset: 0 };
const LOG_SQRT_2PI = Math.log(2 * Math.PI) / 2;

/** The mean of N(ξ; αu, σ²) over the u of each column, which lie side by side. */
function boxAxis(grid: CellGrid, which: 0 | 1, { alpha, sigma }: Kernel): Axis {
  const { from, sides, n } = grid;
  const [least, most] = usedOf(grid).ends[which];
  const begin = (alpha * from[which]) / sigma;
  const width = (alpha * sides[which]) / sigma;
  const part = new Float64Array(n);
  const moment = new Float64Array(n);
  let z = 0;
  let outside = 0;
  /** How far the nearest point of columns is, in deviations. */
  const distance = (first: number, last: number) =>
    Math.max(0, begin + first * width - z, z - begin - (last + 1) * width);
  const axis: Axis = {
    part,
    moment,
    first: least,
    last: most,
    logConstant: -Math.log(sigma) - LOG_SQRT_2PI,
    lookAt(x) {
      z = x / sigma;
      outside = distance(least, most);
      return (-outside * outside) / 2;
    },
    fill() {
      const reach = outside * outside - 2 * LOG_LEAST;
      axis.first = least;
      axis.last = most;
      while (axis.first < most && distance(axis.first, axis.first) ** 2 > reach) axis.first += 1;
      while (axis.last > least && distance(axis.last, axis.last) ** 2 > reach) axis.last -= 1;
      for (let k = axis.first; k <= axis.last; k++) {
        truncatedNormal(begin + k * width - z, width, interval);
        part[k] = Math.exp(interval.logMean + LOG_SQRT_2PI + (outside * outside) / 2);
        moment[k] = part[k]! * interval.mean;
      }
    },
    score: (mean) => mean / sigma,
  };
  return axis;
}

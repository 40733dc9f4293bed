import { noisedDensity } from '../noisedDensity.ts';
import type { Density, DensityComponent, Vector } from '../types.ts';
import { neighbourGroups } from './neighbourGroups.ts';

/** The density is evaluated live, so it has no more components than this. */
const MAX_COMPONENTS = 400;
/** Numbers of groups that are tried for larger sets. */
const GROUP_COUNTS = [400, 250, 160, 100, 60, 40] as const;
/** So many points of one half are enough to tell how well the groups of the other half foresee them. */
const MAX_TESTED = 1000;

/**
 * A density of points that are a sample. Up to 400 of them: a Gaussian of deviation `std` on each. More are gathered into
 * groups of neighbours, each the Gaussian of its own mean and covariance, so that mean, covariance and weights are those
 * of the points. The number of groups is the one whose density of one half of the points makes the other half likeliest.
 * @param points [n][2], in no particular order of `members`
 * @param members which of them, at least one
 * @param share of all components in the whole: the weights sum to it
 */
export function sampleDensity(points: Vector, members: Uint32Array, std: number, share = 1): Density {
  const n = members.length;
  const count = n <= MAX_COMPONENTS ? n : bestCount(points, members, std);
  return densityOfGroups(points, neighbourGroups(points, members.slice(), count), std, share);
}

function bestCount(points: Vector, members: Uint32Array, std: number): number {
  const even = members.filter((_, k) => k % 2 === 0);
  const odd = members.filter((_, k) => k % 2 === 1);
  const every = Math.max(1, Math.floor(odd.length / MAX_TESTED));
  const tested = odd.filter((_, k) => k % every === 0);
  const scores = GROUP_COUNTS.map((count) => {
    // A group of one point would have the width of the blur alone.
    if (count > even.length / 2) return -Infinity;
    const density = densityOfGroups(points, neighbourGroups(points, even.slice(), count), std, 1);
    return meanLogDensity(density, points, tested);
  });
  return GROUP_COUNTS[scores.indexOf(Math.max(...scores))]!;
}

function meanLogDensity(density: Density, points: Vector, members: Uint32Array): number {
  const at = noisedDensity(density, { alpha: 1, sigma: 0 });
  let sum = 0;
  for (const i of members) sum += at(points[2 * i]!, points[2 * i + 1]!).logDensity;
  return sum / members.length;
}

function densityOfGroups(
  points: Vector,
  groups: readonly Uint32Array[],
  std: number,
  share: number,
): Density {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  return groups.map((group): DensityComponent => {
    const { mean, covariance } = momentsOf(points, group);
    const [xx, xy, yy] = covariance;
    const weight = (share * group.length) / total;
    return { kind: 'gaussian', weight, mean, covariance: [xx + std ** 2, xy, yy + std ** 2] };
  });
}

/** Mean and covariance (divided by n) of some of the points. */
export function momentsOf(points: Vector, members: Uint32Array) {
  let meanX = 0;
  let meanY = 0;
  for (const i of members) {
    meanX += points[2 * i]! / members.length;
    meanY += points[2 * i + 1]! / members.length;
  }
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const i of members) {
    const dx = points[2 * i]! - meanX;
    const dy = points[2 * i + 1]! - meanY;
    xx += (dx * dx) / members.length;
    xy += (dx * dy) / members.length;
    yy += (dy * dy) / members.length;
  }
  return { mean: [meanX, meanY] as const, covariance: [xx, xy, yy] as const };
}

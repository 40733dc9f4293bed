import { erf, erfcx } from './erf.ts';

/** What a standard normal z restricted to [a, a + w] has; see `truncatedNormal`. */
export interface TruncatedNormal {
  /** ln of the mean of the standard normal density over the interval. */
  logMean: number;
  /** E[z]. */
  mean: number;
  /** E[z] − a, accurate however small. */
  offset: number;
}

const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);
const SQRT_HALF_PI = Math.sqrt(Math.PI / 2);

/** Gauss–Legendre on [0,1], 8 nodes. */
const NODES = [
  0.019855071751231884, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751, 0.591717321247825,
  0.7627662049581645, 0.8983332387068134, 0.9801449282487681,
];
const WEIGHTS = [
  0.05061426814518813, 0.11119051722668724, 0.15685332293894363, 0.181341891689181, 0.181341891689181,
  0.15685332293894363, 0.11119051722668724, 0.05061426814518813,
];

/**
 * Mass and mean of a standard normal on [a, a + w], without cancellation: far in the tails (scaled complementary
 * error functions), on narrow intervals (quadrature) and across the centre (error functions).
 * @param a lower end, any size; w width, positive
 * @param out overwritten and returned
 */
export function truncatedNormal(a: number, w: number, out: TruncatedNormal): TruncatedNormal {
  const b = a + w;
  if (a + b < 0) {
    // Mirrored, so that the end nearer to the centre is the lower one.
    truncatedNormal(-b, w, out);
    out.mean = -out.mean;
    out.offset = w - out.offset;
    return out;
  }
  if (w * Math.max(1, b) <= 1) return narrow(a, w, out);
  return a >= 0 ? tail(a, b, w, out) : centre(a, b, w, out);
}

/** The reach of exp(−u) that a float64 sum can feel, and the panels it is split into. */
const TAIL_REACH = 40;
const TAIL_PANELS = 10;

/** From here on the closed form of the variance would cancel: it is about 1/a², beside terms of size a². */
const TAIL_START = 6;

/**
 * Var[z] of the same variable; relative accuracy about 1e-11 everywhere.
 * @param a lower end, any size; w width, positive
 */
export function truncatedVariance(a: number, w: number): number {
  const b = a + w;
  if (a + b < 0) return truncatedVariance(-b, w);
  if (w * Math.max(1, b) <= 1) return spread(a, w, 1);
  if (a > TAIL_START) return spread(a, Math.min(w, TAIL_REACH / a), TAIL_PANELS);
  truncatedNormal(a, w, moments);
  // Var[z] = 1 − (bφ(b) − aφ(a))/Z − E[z]², with the densities over the mass Z = w·exp(logMean).
  const logMass = moments.logMean + Math.log(w) + LOG_SQRT_2PI;
  const ends = b * Math.exp(-(b * b) / 2 - logMass) - a * Math.exp(-(a * a) / 2 - logMass);
  return 1 - ends - moments.mean ** 2;
}

const moments: TruncatedNormal = { logMean: 0, mean: 0, offset: 0 };

/** The variance of v ∈ [0, w] of density exp(−a·v − v²/2), by quadrature in equal panels. */
function spread(a: number, w: number, panels: number): number {
  let mass = 0;
  let first = 0;
  let second = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let k = 0; k < NODES.length; k++) {
      const v = (w * (panel + NODES[k]!)) / panels;
      const density = WEIGHTS[k]! * Math.exp(-v * (a + v / 2));
      mass += density;
      first += v * density;
      second += v * v * density;
    }
  }
  return second / mass - (first / mass) ** 2;
}

/** exp(−a·v − v²/2) is smooth over the interval: quadrature of it and of v times it. */
function narrow(a: number, w: number, out: TruncatedNormal): TruncatedNormal {
  let mass = 0;
  let moment = 0;
  for (let k = 0; k < NODES.length; k++) {
    const v = w * NODES[k]!;
    const density = WEIGHTS[k]! * Math.exp(-v * (a + v / 2));
    mass += density;
    moment += v * density;
  }
  out.logMean = Math.log(mass) - (a * a) / 2 - LOG_SQRT_2PI;
  out.offset = moment / mass;
  out.mean = a + out.offset;
  return out;
}

/** 0 ≤ a < b: everything relative to the density at a; R is Mills' ratio. */
function tail(a: number, b: number, w: number, out: TruncatedNormal): TruncatedNormal {
  const decay = Math.exp((-w * (a + b)) / 2); // φ(b)/φ(a)
  const millsA = SQRT_HALF_PI * erfcx(a * Math.SQRT1_2);
  const millsB = SQRT_HALF_PI * erfcx(b * Math.SQRT1_2);
  const mass = millsA - decay * millsB;
  out.logMean = Math.log(mass / w) - (a * a) / 2 - LOG_SQRT_2PI;
  out.mean = (1 - decay) / mass;
  out.offset = out.mean - a;
  return out;
}

/** a < 0 < b with |a| ≤ b: two masses of one sign. */
function centre(a: number, b: number, w: number, out: TruncatedNormal): TruncatedNormal {
  const mass = (erf(b * Math.SQRT1_2) - erf(a * Math.SQRT1_2)) / 2;
  out.logMean = Math.log(mass / w);
  out.mean = (Math.exp((-a * a) / 2 - LOG_SQRT_2PI) - Math.exp((-b * b) / 2 - LOG_SQRT_2PI)) / mass;
  out.offset = out.mean - a;
  return out;
}

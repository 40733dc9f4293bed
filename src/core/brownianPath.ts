import type { ForwardProcess, NoiseTerm, ReverseNoise } from './types.ts';

/** A time between the chain's nodes is rounded to this part of the way to its nearest neighbour on the path, or less. */
const FINENESS = 2 ** -8;
/** The finest rounding, in steps of the chain. */
const FINEST = 2 ** -40;
/** Times nearer to a node than this, in steps of the chain, are on it. */
const ON_NODE = 1e-9;

/** α²/σ² at a place: a time in steps of the chain. */
type Clock = (place: number) => number;
/** An increment of a Brownian motion: Σ coef·(the noise of a key). */
type Increment = ReadonlyMap<number, number>;

/**
 * The noise of a reverse path: a step from t to s takes the increment of one Brownian motion B between the two, over its
 * standard deviation. So all samplers, with any number of steps, solve the reverse SDE of the same noise.
 *
 * B runs in the clock u = α²/σ². With x̂₀ held still, the reverse SDE in y = x/α and v = 1/u is
 * dy = (y − x̂₀) dv/v + dw, and y_s − x̂₀ = (v_s/v_t)(y_t − x̂₀) + v_s·(B(u_s) − B(u_t)) solves it: DDPM's step with β̃.
 *
 * Over a whole step of the chain the increment is the noise of its end's index, the key; over many steps it is their sum.
 * Over a part it is a Brownian bridge's (Lévy's construction), whose midpoint m has the key −m.
 * @param nChain T
 * @param times of the path: how near they lie decides how finely those between the chain's nodes are told apart
 */
export function brownianPath(
  process: ForwardProcess,
  nChain: number,
  times: readonly number[],
): ReverseNoise {
  const clock = clockOf(process, nChain);
  const places = placesOf(times, nChain);
  const placeOf = (t: number) => places.get(t) ?? t * nChain;

  return (t, s) => {
    const [low, high] = [placeOf(s), placeOf(t)];
    const variance = clock(low) - clock(high);
    // Where no noise is left in the end, the last step of the chain outweighs all others.
    if (!(variance > 0 && variance < Infinity)) return [[1, Math.floor(low)]];
    const out = new Map<number, number>();
    for (let k = Math.floor(low); k < high; k++) {
      const step = { low: k, high: k + 1, total: wholeStep(clock, k) };
      const piece = pieceOf(step, Math.max(low, k), Math.min(high, k + 1), clock);
      for (const [key, coef] of piece) out.set(key, coef / Math.sqrt(variance));
    }
    return termsOf(out);
  };
}

function termsOf(increment: Increment): readonly [NoiseTerm, ...NoiseTerm[]] {
  const [first, ...others] = Array.from(increment, ([key, coef]): NoiseTerm => [coef, key]).filter(
    ([coef]) => coef !== 0,
  );
  return [first!, ...others];
}

function clockOf(process: ForwardProcess, nChain: number): Clock {
  const known = new Map<number, number>();
  return (place) => {
    const found = known.get(place);
    if (found !== undefined) return found;
    const { alpha, sigma } = process.kernel(place / nChain);
    const u = (alpha / sigma) ** 2;
    known.set(place, u);
    return u;
  };
}

/** Where the times of a path lie, in steps of the chain: on nodes, or on dyadic numbers near enough to tell them apart. */
function placesOf(times: readonly number[], nChain: number): ReadonlyMap<number, number> {
  const exact = times.map((t) => t * nChain);
  const gaps = exact.slice(1).map((place, i) => Math.abs(place - exact[i]!));
  return new Map(
    times.map((t, i) => {
      const gap = Math.min(gaps[i - 1] ?? Infinity, gaps[i] ?? Infinity, nChain);
      return [t, rounded(exact[i]!, gap)];
    }),
  );
}

function rounded(place: number, gap: number): number {
  const node = Math.round(place);
  if (Math.abs(place - node) < Math.min(ON_NODE, gap / 4)) return node;
  const grain = Math.max(FINEST, Math.min(1, 2 ** Math.floor(Math.log2(FINENESS * gap))));
  return Math.max(grain, Math.round(place / grain) * grain);
}

/** The increment from place `high` down to `low`, where less noise is left. */
interface Segment {
  readonly low: number;
  readonly high: number;
  readonly total: Increment;
}

function wholeStep(clock: Clock, k: number): Increment {
  const variance = clock(k) - clock(k + 1);
  // One without end tells nothing of its parts.
  return new Map(variance < Infinity ? [[k, Math.sqrt(variance)]] : []);
}

/** The increment from b down to a, both within the segment. */
function pieceOf(segment: Segment, a: number, b: number, clock: Clock): Increment {
  const { low, high, total } = segment;
  if (a === low && b === high) return total;
  const middle = (low + high) / 2;
  const [uLow, u, uHigh] = [clock(low), clock(middle), clock(high)];
  const share = (u - uHigh) / (uLow - uHigh);
  const upper = sum([share, total], [1, new Map([[-middle, Math.sqrt((u - uHigh) * (1 - share))]])]);
  const above = { low: middle, high, total: upper };
  const below = { low, high: middle, total: sum([1, total], [-1, upper]) };
  if (a >= middle) return pieceOf(above, a, b, clock);
  if (b <= middle) return pieceOf(below, a, b, clock);
  return sum([1, pieceOf(below, a, middle, clock)], [1, pieceOf(above, middle, b, clock)]);
}

function sum(...terms: readonly (readonly [coef: number, increment: Increment])[]): Increment {
  const out = new Map<number, number>();
  for (const [coef, increment] of terms) {
    for (const [key, value] of increment) out.set(key, (out.get(key) ?? 0) + coef * value);
  }
  return out;
}

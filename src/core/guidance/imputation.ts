import { requireInteger } from '../check.ts';
import type {
  Denoiser,
  Kernel,
  NoiseTerm,
  Rng,
  Sampler,
  SampleState,
  StepContext,
  Vector,
} from '../types.ts';

/** What is known of x_0: in two dimensions, one coordinate of a point, or the whole of some points. */
export interface Known {
  /** [n][2]; read only where the mask is 1. */
  readonly x0: Vector;
  /** [n][2]: 1 where the coordinate is known, 0 where it is sought. */
  readonly mask: Uint8Array;
}

/**
 * The replacement step: known coordinates get the noise level of x_t, α·x_0 + σ·ε, the others keep the sampler's
 * (Song et al. 2021, App. I.2; RePaint, Lugmayr et al. 2022, Eq. 8).
 * @param noise [n][2] standard normal
 * @throws RangeError when the lengths differ
 */
export function replaceKnown(x: Vector, { x0, mask }: Known, kernel: Kernel, noise: Vector): Vector {
  requireShape(x, x0, mask, noise);
  const { alpha, sigma } = kernel;
  return x.map((value, i) => (mask[i] === 1 ? alpha * x0[i]! + sigma * noise[i]! : value));
}

/** The projection of a denoiser: its x̂₀ with the known coordinates put in, which any sampler then follows. */
export function imputedDenoiser(denoise: Denoiser<Vector>, { x0, mask }: Known): Denoiser<Vector> {
  return (x, t) => {
    requireShape(x, x0, mask, x);
    return denoise(x, t).map((value, i) => (mask[i] === 1 ? x0[i]! : value));
  };
}

/**
 * From x_s forward to x_t, t > s: x_t = (α_t/α_s)x_s + √(σ_t² − (α_t/α_s)²σ_s²)·ε (RePaint's jump back, Eq. 1 over one step).
 * @throws RangeError when `to` has less noise for its signal than `from`
 */
export function forwardAgain(x: Vector, from: Kernel, to: Kernel, noise: Vector): Vector {
  requireShape(x, noise);
  const ratio = to.alpha / from.alpha;
  const variance = to.sigma ** 2 - (ratio * from.sigma) ** 2;
  if (!(variance >= -1e-15)) {
    throw new RangeError('The forward jump must lead to a noisier time than the one it starts from.');
  }
  const std = Math.sqrt(Math.max(0, variance));
  return x.map((value, i) => ratio * value + std * noise[i]!);
}

/** Keys of repeated steps lie this far apart, beyond any index of a chain. */
const KEY_STRIDE = 2 ** 20;

/**
 * One step of RePaint (Lugmayr et al. 2022, Algorithm 1): a reverse step and the replacement, repeated from the same t with
 * fresh noise so that the sought coordinates come to agree with the known ones.
 * @param repeats U, 1…1000; 1 is plain replacement
 * @param rng the noise of replacements and jumps; equal streams give equal steps
 */
export function repaintStep(
  sampler: Sampler,
  context: StepContext<Vector>,
  state: SampleState<Vector>,
  tNext: number,
  known: Known,
  repeats: number,
  rng: Rng,
): SampleState<Vector> {
  requireInteger('The number of repeats', repeats, 1, 1000);
  const from = context.process.kernel(state.t);
  const to = context.process.kernel(tNext);
  const stream = rng.fork(context.noiseKey(tNext));
  const normal = () => state.x.map(() => stream.normal());
  let current = state;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const next = sampler.step(otherNoise(context, repeat * KEY_STRIDE), current, tNext);
    const x = replaceKnown(next.x, known, to, normal());
    if (repeat === repeats - 1) return { ...next, x };
    current = { ...next, t: state.t, x: forwardAgain(x, to, from, normal()), history: state.history };
  }
  return current;
}

/** The same with the noise of other keys. */
function otherNoise(context: StepContext<Vector>, shift: number): StepContext<Vector> {
  const { reverseNoise, noiseKey } = context;
  const shifted = ([coef, key]: NoiseTerm): NoiseTerm => [coef, key + shift];
  return {
    ...context,
    noiseKey: (t) => noiseKey(t) + shift,
    ...(reverseNoise && {
      reverseNoise(t, s) {
        const [first, ...others] = reverseNoise(t, s);
        return [shifted(first), ...others.map(shifted)];
      },
    }),
  };
}

function requireShape(x: Vector, ...others: readonly { readonly length: number }[]): void {
  for (const { length } of others) {
    if (length !== x.length)
      throw new RangeError(`x has ${x.length} numbers; what goes with it has ${length}.`);
  }
}

import { requireInteger } from '../check.ts';
import { applied } from '../space.ts';
import type { Denoiser, Kernel, NoiseTerm, Sampler, SampleState, StepContext, Vector } from '../types.ts';

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
  const { ratio, std } = jump(from, to);
  return x.map((value, i) => ratio * value + std * noise[i]!);
}

function jump(from: Kernel, to: Kernel): { ratio: number; std: number } {
  const ratio = to.alpha / from.alpha;
  const variance = to.sigma ** 2 - (ratio * from.sigma) ** 2;
  if (!(variance >= -1e-12 * to.sigma ** 2)) {
    throw new RangeError('The forward jump must lead to a noisier time than the one it starts from.');
  }
  return { ratio, std: Math.sqrt(Math.max(0, variance)) };
}

/** What replaces the known part of points, at any level of noise. */
export interface KnownPart {
  /** @param x [n][2]; noise [n][2] standard normal @returns x with what is known put in, α·x_0 + σ·ε */
  replace(x: Vector, kernel: Kernel, noise: Vector): Vector;
}

export const knownCoordinates = (known: Known): KnownPart => ({
  replace: (x, kernel, noise) => replaceKnown(x, known, kernel, noise),
});

/** Keys of repeated steps lie this far apart, beyond any index of a chain. */
const KEY_STRIDE = 2 ** 20;
/** Keys of the replacement's and the jump's noise: fractions, which no step has. */
const [REPLACING, JUMPING] = [0.25, 0.75];

/**
 * One step of RePaint (Lugmayr et al. 2022, Algorithm 1): a reverse step and the replacement, repeated from the same t with
 * fresh noise so that the sought coordinates come to agree with the known ones.
 * @param repeats U, 1…1000; 1 is plain replacement
 * @throws RangeError when U is out of range, or the space has no `apply`
 */
export function repaintStep<X>(
  sampler: Sampler,
  context: StepContext<X>,
  state: SampleState<X>,
  tNext: number,
  known: KnownPart,
  repeats: number,
): SampleState<X> {
  requireInteger('The number of repeats', repeats, 1, 1000);
  const { space } = context;
  const from = context.process.kernel(state.t);
  const to = context.process.kernel(tNext);
  let current = state;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const shift = repeat * KEY_STRIDE;
    const noise = (of: number) => space.gaussian(state.x, context.noiseKey(tNext) + shift + of);
    const next = sampler.step(otherNoise(context, shift), current, tNext);
    const x = applied(space, (points, z) => known.replace(points!, to, z!), next.x, noise(REPLACING));
    if (repeat === repeats - 1) return { ...next, x };
    const { ratio, std } = jump(to, from);
    const back = space.combine([ratio, x], [std, noise(JUMPING)]);
    current = { ...next, t: state.t, x: back, history: state.history };
  }
  return current;
}

/** A sampler whose every step is `repaintStep`'s; it chooses no steps of its own. */
export function repainted(sampler: Sampler, known: KnownPart, repeats: number): Sampler {
  const { adaptive: _, ...rest } = sampler;
  return {
    ...rest,
    stochastic: () => true,
    step: (context, state, tNext) => repaintStep(sampler, context, state, tNext, known, repeats),
  };
}

/** The same with the noise of other keys. */
function otherNoise<X>(context: StepContext<X>, shift: number): StepContext<X> {
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

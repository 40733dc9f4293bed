import type { Kernel, Parameterization, Vector } from '../types.ts';

/** F* = x0·x_0 + eps·ε: what a network is asked for, as a mixture of the point and its noise. */
export interface Mix {
  readonly x0: number;
  readonly eps: number;
}

/** What a network may be asked for, given x_t = αx_0 + σε. */
export interface NetworkOutput extends Parameterization {
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
  /** Whether the kernel one step earlier is needed too. */
  readonly needsPrevious: boolean;
  /** Whether x̂₀ is divided by α, so that a small error grows by 1/α where the signal ends (Lin et al. 2024, §3.2). */
  readonly dividesByAlpha: boolean;
  /**
   * The target for any (α, σ).
   * @param previous kernel one step nearer the data; read only by outputs that `needsPrevious`
   * @throws RangeError when it is needed and missing
   */
  mix(kernel: Kernel, previous?: Kernel): Mix;
  /** x̂_0 = skip·x_t + out·F. */
  scalings(kernel: Kernel, previous?: Kernel): { readonly skip: number; readonly out: number };
}

/** An output from its mix; the scalings follow by solving x_t = αx_0 + σε and F = a·x_0 + b·ε for x_0. */
export function networkOutput(entry: Omit<NetworkOutput, 'scalings'>): NetworkOutput {
  return {
    ...entry,
    scalings(kernel, previous) {
      const { x0: a, eps: b } = entry.mix(kernel, previous);
      if (b === 0) return { skip: 0, out: 1 / a };
      const determinant = kernel.alpha * b - kernel.sigma * a;
      return { skip: b / determinant, out: -kernel.sigma / determinant };
    },
  };
}

/**
 * F_to = x·x_t + output·F_from: the same prediction said in another parameterisation, without passing through x̂_0,
 * where small σ would cancel.
 * @param kernel with σ > 0
 */
export function conversion(
  from: NetworkOutput,
  to: NetworkOutput,
  kernel: Kernel,
  previous?: Kernel,
): { readonly x: number; readonly output: number } {
  if (from === to) return { x: 0, output: 1 };
  const { alpha, sigma } = kernel;
  if (!(sigma > 0))
    throw new RangeError(`Predictions can be converted where there is noise, not at σ = ${sigma}.`);
  const { x0: a, eps: b } = from.mix(kernel, previous);
  const { x0: c, eps: d } = to.mix(kernel, previous);
  const determinant = alpha * b - sigma * a;
  return { x: (b * c - a * d) / determinant, output: (alpha * d - sigma * c) / determinant };
}

/**
 * A prediction in another parameterisation.
 * @param output [n][2] predictions F of kind `from` at the points x, [n][2], all of one time
 * @returns [n][2] predictions of kind `to`
 */
export function convert(
  output: Vector,
  x: Vector,
  from: NetworkOutput,
  to: NetworkOutput,
  kernel: Kernel,
  previous?: Kernel,
): Vector {
  requireSameLength('The points', x, output);
  const coef = conversion(from, to, kernel, previous);
  return output.map((value, i) => coef.x * x[i]! + coef.output * value);
}

/** What a perfect network answers for x_t = αx_0 + σε: the regression target, [n][2]. */
export function target(
  kind: NetworkOutput,
  x0: Vector,
  eps: Vector,
  kernel: Kernel,
  previous?: Kernel,
): Vector {
  requireSameLength('The clean points', x0, eps);
  const mix = kind.mix(kernel, previous);
  return x0.map((value, i) => mix.x0 * value + mix.eps * eps[i]!);
}

/** x̂_0 = skip·x + out·F, [n][2]. */
export function predictedX0(
  kind: NetworkOutput,
  output: Vector,
  x: Vector,
  kernel: Kernel,
  previous?: Kernel,
): Vector {
  requireSameLength('The points', x, output);
  const { skip, out } = kind.scalings(kernel, previous);
  return output.map((value, i) => (skip === 0 ? 0 : skip * x[i]!) + out * value);
}

function requireSameLength(name: string, x: Vector, other: Vector): void {
  if (x.length !== other.length) {
    throw new RangeError(`${name} are ${x.length} numbers, and what goes with them is ${other.length}.`);
  }
}

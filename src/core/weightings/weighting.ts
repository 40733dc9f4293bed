import { parameterizations } from '../parameterizations/index.ts';
import type { NetworkOutput } from '../parameterizations/output.ts';
import type { Parameter } from '../parameters.ts';
import type { ForwardProcess, Kernel } from '../types.ts';

/** What a weight may depend on, at one time. */
export interface WeightAt {
  /** α and σ > 0 at t. */
  readonly kernel: Kernel;
  /** One step nearer the data; read by weights of discrete steps. */
  readonly previous?: Kernel;
  /** g²(t); read by weights of continuous time. */
  readonly diffusion2?: number;
}

/** w(t) in E[w(t)‖F − F̂‖²], said for the output F in whose terms its authors define it. */
export interface LossWeighting {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
  readonly parameters: readonly Parameter[];
  /** The output, by its id among the parameterisations, whose squared error this multiplies. */
  readonly on: 'eps' | 'x0' | 'score';
  readonly needs: readonly (keyof WeightAt)[];
  /** @throws RangeError when a parameter is out of range, or the weight lacks what it `needs` */
  build(values?: Readonly<Record<string, number>>): (at: WeightAt) => number;
}

/**
 * The weight that the squared error of another output wants, so that the loss is the same:
 * ‖ΔF‖² = ‖Δx_0‖²/out², hence w_F' = w_F (out_F'/out_F)².
 */
export function weightOn(
  output: NetworkOutput,
  weighting: Pick<LossWeighting, 'on'>,
  weight: (at: WeightAt) => number,
  at: WeightAt,
): number {
  const own = parameterizations.get(weighting.on).scalings(at.kernel).out;
  const wanted = output.scalings(at.kernel, at.previous).out;
  return weight(at) * (wanted / own) ** 2;
}

/** All that a weight may depend on, at t = i/nChain for a step of a chain. */
export function weightAt(process: ForwardProcess, t: number, nChain: number): WeightAt {
  return {
    kernel: process.kernel(t),
    previous: process.kernel(Math.max(0, t - 1 / nChain)),
    diffusion2: process.diffusion2(t),
  };
}

/** α²/σ² */
export function snr({ kernel: { alpha, sigma } }: WeightAt): number {
  return (alpha / sigma) ** 2;
}

/** Part of `at`, which must be there. */
export function needed<Key extends keyof WeightAt>(
  at: WeightAt,
  key: Key,
  id: string,
): NonNullable<WeightAt[Key]> {
  const value = at[key];
  if (value === undefined) throw new RangeError(`The weighting ${id} needs ${key} at this time.`);
  return value;
}

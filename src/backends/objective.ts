import type { SlopeLoss } from '../core/losses/trained.ts';
import type { NetworkOutput } from '../core/parameterizations/output.ts';
import { gaussianPosterior } from '../core/posterior.ts';
import type { ForwardProcess, Kernel } from '../core/types.ts';
import type { LossWeighting, WeightAt } from '../core/weightings/weighting.ts';
import { weightOn } from '../core/weightings/weighting.ts';
import { inputScale, TIME_FEATURES, timeFeatures } from './network.ts';

/** Where the numbers of a noise level stand in its row of `Objective.levels`. */
export const LEVEL = {
  /** x_t = αx_0 + σε */
  alpha: 0,
  sigma: 1,
  /** The network is shown inputScale·x_t. */
  inputScale: 2,
  /** What it should answer: F* = targetX0·x_0 + targetEps·ε. */
  targetX0: 3,
  targetEps: 4,
  /** √w: the loss is the mean of (gain·(F − F*))². */
  gain: 5,
  /** μ̃ − μ_θ = meanGain·(F* − F), of the reverse step from here to the level below. */
  meanGain: 6,
  /** ln β and ln β̃ of that step. */
  logBeta: 7,
  logBetaTilde: 8,
  /** 1 where the bound's term is a Gaussian KL, 0 where it is −ln p(x_0|x_1). */
  isKl: 9,
  /** 1/(T p_t): makes the bound's terms unbiased where levels are drawn unevenly. `gain` contains it already. */
  drawWeight: 10,
  /** TIME_FEATURES numbers, then the one-hot of a class where classes are taught. */
  features: 11,
} as const;
/** Numbers of a row without a class. */
export const LEVEL_SIZE = LEVEL.features + TIME_FEATURES;

/**
 * What training minimises, as a table of noise levels: with F the network's first two outputs,
 *   L = mean over batch and coordinates of (gain·(F − F*))²  [+ boundWeight · drawWeight · the bound's term],
 * where the second part is there when the variance is learned, and teaches the variance alone: there F is held fixed
 * (Nichol & Dhariwal 2021, Eq. 16). With v the last two outputs and ln Σ = ½(1 + v) ln β + ½(1 − v) ln β̃ it is, in nats,
 *   ½[ln Σ + (meanGain·(F − F*))² e^{−ln Σ} + isKl·(e^{ln β̃ − ln Σ} − ln β̃ − 1) + (1 − isKl)·ln 2π].
 */
export interface Objective {
  /** [nLevels][LEVEL_SIZE]; with K classes [(K + 1)·nLevels][LEVEL_SIZE + K], each level for no class, the first, … */
  readonly levels: Float32Array;
  /** Noise levels, however many classes. */
  readonly nLevels: number;
  /** K; 0, as when left out, where no class is taught. */
  readonly classes?: number;
  readonly learnsVariance: boolean;
  readonly boundWeight: number;
  /** Left out, the error of F; or a loss of the same expectation that does not know the noise, `scoreMatching.ts`. */
  readonly slopeLoss?: SlopeLoss;
}

export interface ObjectiveOptions {
  readonly process: ForwardProcess;
  /** Increasing times of the levels, in [0,1]; there is noise at each. */
  readonly times: ArrayLike<number>;
  /** The time one level below. */
  readonly below: (t: number) => number;
  readonly output: NetworkOutput;
  readonly weighting: LossWeighting;
  readonly parameters: Readonly<Record<string, number>>;
  readonly learnsVariance: boolean;
}

/** α where no signal is left: what is divided by it stays finite. */
export const LEAST_ALPHA = 1e-3;

/** The kernel as far as a network can be asked about it. */
export function answerable({ alpha, sigma }: Kernel): Kernel {
  return { alpha: Math.max(alpha, LEAST_ALPHA), sigma };
}

export function objectiveOf(options: ObjectiveOptions): Objective {
  const { times, process, below, learnsVariance } = options;
  const levels = new Float32Array(times.length * LEVEL_SIZE);
  const places: Required<WeightAt>[] = Array.from(times, (t) => ({
    kernel: answerable(process.kernel(t)),
    previous: answerable(process.kernel(below(t))),
    diffusion2: process.diffusion2(t),
  }));
  const weights = finite(places.map(options.weighting.build(options.parameters)));
  for (const [i, at] of places.entries()) {
    fillLevel(levels.subarray(i * LEVEL_SIZE, (i + 1) * LEVEL_SIZE), at, weights[i]!, options);
  }
  if (learnsVariance) fillBound(levels, options);
  // In bits, summed over the steps, a thousandth of it: λ = 0.001 of L_hybrid.
  const boundWeight = learnsVariance ? times.length / 1000 / Math.LN2 : 0;
  return { levels, nLevels: times.length, learnsVariance, boundWeight };
}

/** Weights that are not numbers, such as 1/β̃ at the first step, become those of the next level that has one. */
function finite(weights: readonly number[]): readonly number[] {
  const out = weights.slice();
  for (let i = out.length - 2; i >= 0; i--) if (!Number.isFinite(out[i])) out[i] = out[i + 1]!;
  return out;
}

function fillLevel(
  row: Float32Array,
  at: Required<WeightAt>,
  weight: number,
  { output, weighting }: ObjectiveOptions,
): void {
  const { kernel } = at;
  const mix = output.mix(kernel, at.previous);
  row[LEVEL.alpha] = kernel.alpha;
  row[LEVEL.sigma] = kernel.sigma;
  row[LEVEL.inputScale] = inputScale(kernel);
  row[LEVEL.targetX0] = mix.x0;
  row[LEVEL.targetEps] = mix.eps;
  row[LEVEL.gain] = Math.sqrt(weightOn(output, weighting, () => weight, at));
  timeFeatures(kernel, row, LEVEL.features);
}

/** The reverse step of each level: what the variance is learned from. */
function fillBound(levels: Float32Array, { process, times, below, output }: ObjectiveOptions): void {
  for (let i = 0; i < times.length; i++) {
    const [from, to] = [times[i]!, below(times[i]!)].map((t) => answerable(process.kernel(t))) as [
      Kernel,
      Kernel,
    ];
    const { coefX0, beta, variance } = gaussianPosterior(from, to);
    const row = levels.subarray(i * LEVEL_SIZE, (i + 1) * LEVEL_SIZE);
    row[LEVEL.meanGain] = coefX0 * output.scalings(from, to).out;
    row[LEVEL.logBeta] = Math.log(beta);
    row[LEVEL.logBetaTilde] = Math.log(variance);
    row[LEVEL.isKl] = variance > 0 ? 1 : 0;
    row[LEVEL.drawWeight] = 1;
  }
  // β̃ of the first step is 0, which has no logarithm; it takes that of the second, as improved-diffusion does.
  const second = Math.min(1, times.length - 1) * LEVEL_SIZE;
  levels[LEVEL.logBetaTilde] = levels[second + (times.length > 1 ? LEVEL.logBetaTilde : LEVEL.logBeta)]!;
}

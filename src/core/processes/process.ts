import { requireBetween, requireInteger } from '../check.ts';
import type { Parameter } from '../parameters.ts';
import type { ForwardProcess, Rng, Vector } from '../types.ts';
import type { NoiseRate } from './rates.ts';

/** One step of a discretised process: x_{i+1} = x_i + f·x_i + G·z with standard normal z. */
export interface DiscreteStep {
  readonly f: number;
  readonly G: number;
}

/** A forward process with what else a score-based model needs of it (Song et al. 2021, §3; score_sde's `SDE`). */
export interface Process extends ForwardProcess {
  /** The prior at t = 1 is N(0, priorStd²·I), scaled units. */
  readonly priorStd: number;
  /**
   * The time at which the noise-to-signal ratio σ(t)/α(t) = e^{−λ}, λ = ½ log-SNR, has this value.
   * @throws RangeError when the process has no such time in [0,1]
   */
  timeOf(noiseToSignal: number): number;
  /**
   * The step that leaves time t when [0,1] is cut into nSteps, by the rule that the process's authors use.
   * Rules on a grid take the node i = ⌊t·(nSteps − 1)⌋.
   * @param nSteps whole number, 1…100 000
   */
  discretize(t: number, nSteps: number): DiscreteStep;
}

/** Registry ids. */
export interface UsualSettings {
  /** Parameterisation. */
  readonly output?: string;
  readonly weighting?: string;
  /** Way of drawing t. */
  readonly timeSampling?: string;
  readonly timeGrid?: string;
}

/** A way of adding noise, from its own parameters, or from the ᾱ/β pair of any schedule where that makes sense. */
export interface ProcessFamily {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
  /** KaTeX source of α and σ in x_t = αx_0 + σε. */
  readonly marginal: string;
  readonly parameters: readonly Parameter[];
  /** Where its noise comes from: its own parameters, or a schedule of betas; a 'chain' is DDPM's, whose steps have a β and a β̃. */
  readonly noise: 'own' | 'schedule' | 'chain';
  /** What it is taught and sampled with in the paper that it comes from; the usual things where left out. */
  readonly usual?: UsualSettings;
  /**
   * @param values the parameters that differ from their initial values
   * @throws RangeError when a name is unknown, or a value out of range
   */
  build(values?: Readonly<Record<string, number>>): Process;
  /** The process of this family with the noise of a schedule; null when the family has its own schedule. */
  readonly ofRate: ((rate: NoiseRate) => Process) | null;
}

/** The number of steps that a discretisation may have. */
const MAX_STEPS = 100_000;

/** Index ⌊t·(N − 1)⌋ of score_sde's grids. */
export function gridIndex(t: number, nSteps: number): number {
  requireBetween('The time t', t, 0, 1);
  requireInteger('The number of steps N', nSteps, 1, MAX_STEPS);
  return Math.floor(t * (nSteps - 1));
}

/** Euler–Maruyama, the rule for processes that have none of their own: f = drift/N, G = g/√N. */
export function eulerMaruyama(process: ForwardProcess, t: number, nSteps: number): DiscreteStep {
  requireInteger('The number of steps N', nSteps, 1, MAX_STEPS);
  return { f: process.drift(t) / nSteps, G: Math.sqrt(process.diffusion2(t) / nSteps) };
}

/**
 * ln N(z; 0, priorStd²·I) of points in the plane (score_sde, `prior_logp`).
 * @param z [n][2], scaled units
 * @returns [n] nats
 */
export function priorLogDensity({ priorStd }: Pick<Process, 'priorStd'>, z: Vector): Float64Array {
  const out = new Float64Array(z.length / 2);
  const constant = Math.log(2 * Math.PI * priorStd ** 2);
  for (let i = 0; i < out.length; i++) {
    out[i] = -constant - (z[2 * i]! ** 2 + z[2 * i + 1]! ** 2) / (2 * priorStd ** 2);
  }
  return out;
}

/** n draws of the prior, [n][2]. */
export function samplePrior({ priorStd }: Pick<Process, 'priorStd'>, n: number, rng: Rng): Vector {
  return Float64Array.from({ length: 2 * n }, () => priorStd * rng.normal());
}

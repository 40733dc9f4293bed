import { requireBetween, requireInteger } from '../check.ts';
import type { Parameter } from '../parameters.ts';
import type { Process } from '../processes/process.ts';
import type { Rng } from '../types.ts';

/** The times of a training batch, with the factor on each loss that undoes an uneven choice. */
export interface DrawnTimes {
  /** [n] times in [low, 1], or nodes i/nChain with i = 1…nChain. */
  readonly times: Float64Array;
  /** [n] importance weights 1/p, of mean 1; all 1 where the unevenness is meant. */
  readonly weights: Float64Array;
}

/** What a sampler that listens to losses wants to hear, and what it makes of them. */
export interface LossAware {
  /** [nBins] increasing: the time that stands for each bin. */
  readonly times: Float64Array;
  /** Losses remembered of each bin: as many fresh ones replace all that it knew. */
  readonly history: number;
  /** What it has learned so far, as a distribution function: the probability that a time up to t is drawn. */
  distribution(): (t: number) => number;
}

/** Draws t for training. */
export interface TimeSampler {
  /** Missing where losses change nothing. */
  readonly lossAware?: LossAware;
  /** @param n batch size, 1…1 000 000 */
  draw(n: number, rng: Rng): DrawnTimes;
  /** Tells the sampler how large the losses of its times were, [n] each; only loss-aware ones listen. */
  learn(times: Float64Array, losses: Float64Array): void;
}

export interface TimeSamplingContext {
  readonly process: Process;
  /** Steps of the chain, whose nodes are drawn; null draws any time. */
  readonly nChain: number | null;
  /** The least time where any time is drawn, in [0,1): score_sde's ε, 1e-5. A chain's is 1/nChain. */
  readonly low: number;
}

export interface TimeSampling {
  readonly id: string;
  readonly label: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** KaTeX source of the defining equation. */
  readonly equation: string;
  readonly parameters: readonly Parameter[];
  /** Whether its draws follow the losses, so that it needs errors of single draws. */
  readonly followsLosses?: true;
  /** @throws RangeError when a parameter, nChain or low is out of range */
  build(context: TimeSamplingContext, values?: Readonly<Record<string, number>>): TimeSampler;
}

/**
 * u in [0,1) → a time: t = u·(1 − low) + low (score_sde, `get_sde_loss_fn`), or the node (⌊uT⌋ + 1)/T of a chain.
 * @throws RangeError when the context is out of range
 */
export function timeFrom({ nChain, low }: TimeSamplingContext): (u: number) => number {
  if (nChain === null) {
    requireLow(low);
    return (u) => u * (1 - low) + low;
  }
  requireInteger('The number of steps of the chain', nChain, 1, 100_000);
  return (u) => (Math.min(Math.floor(u * nChain), nChain - 1) + 1) / nChain;
}

/**
 * A sampler that maps numbers, evenly spread over [0,1), to times.
 * @param numbers gives those of a batch: it is asked for the first to the n-th, in this order
 */
export function evenSampler(
  context: TimeSamplingContext,
  numbers: (n: number, rng: Rng) => (i: number) => number,
): TimeSampler {
  const time = timeFrom(context);
  return {
    draw(n, rng) {
      requireBatch(n);
      const number = numbers(n, rng);
      // A plain loop: training draws batch after batch, and `Float64Array.from` takes several times as long.
      const times = new Float64Array(n);
      for (let i = 0; i < n; i++) times[i] = time(number(i));
      return { times, weights: new Float64Array(n).fill(1) };
    },
    learn() {},
  };
}

export function requireBatch(n: number): void {
  requireInteger('The batch size', n, 1, 1_000_000);
}

export function requireLow(low: number): void {
  requireBetween('The least time', low, 0, 1 - Number.EPSILON);
}

import type { ForwardProcess, Rng, Vector } from '../../core/types.ts';
import {
  NETWORK_INPUTS,
  POSITION_FEATURES,
  positionFeatures,
  TIME_FEATURES,
  timeFeatures,
} from './network.ts';
import type { Batch } from './types.ts';

export interface BatchSource {
  /** The next batch; its arrays are the source's own and are overwritten by the call after. */
  next(): Batch;
}

export interface BatchOptions {
  /** Training set, scaled units, at least one point. */
  readonly points: Vector;
  readonly process: ForwardProcess;
  /** Steps T of the chain: times are drawn from 1/T, 2/T, …, 1. */
  readonly nChain: number;
  readonly size: number;
}

/**
 * Shuffled draws of the training set without replacement within an epoch, each at its own time and with fresh noise.
 * The times of a batch are stratified (one in each of `size` equal parts of 1…T): the loss then varies less from
 * batch to batch and its expectation is unchanged.
 */
export function batchSource({ points, process, nChain, size }: BatchOptions, rng: Rng): BatchSource {
  const draw = shuffledDraws(points.length / 2, rng.fork('order'));
  const times = rng.fork('times');
  const noise = rng.fork('noise');
  const table = chainTable(process, nChain);
  const batch = {
    size,
    inputs: new Float32Array(size * NETWORK_INPUTS),
    velocity: new Float32Array(size * 2),
    alpha: new Float32Array(size),
  };
  const x = new Float64Array(2);

  function fill(row: number, index: number, i: number): void {
    const alpha = table.alpha[i]!;
    const sigma = table.sigma[i]!;
    const at = row * NETWORK_INPUTS;
    for (let axis = 0; axis < 2; axis++) {
      const x0 = points[2 * index + axis]!;
      const eps = noise.normal();
      x[axis] = alpha * x0 + sigma * eps; // DDPM Eq. 4: x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε
      batch.velocity[2 * row + axis] = alpha * eps - sigma * x0;
    }
    batch.alpha[row] = alpha;
    positionFeatures(x[0]!, x[1]!, batch.inputs, at);
    const features = table.features.subarray(i * TIME_FEATURES, (i + 1) * TIME_FEATURES);
    batch.inputs.set(features, at + POSITION_FEATURES);
  }

  return {
    next() {
      const shift = times.uniform();
      for (let row = 0; row < size; row++) {
        const i = 1 + Math.floor((nChain * (row + shift)) / size);
        fill(row, draw(), Math.min(i, nChain));
      }
      return batch;
    },
  };
}

/** Indices 0…n−1 in a new random order for every epoch. */
function shuffledDraws(n: number, rng: Rng): () => number {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  let cursor = n;
  return () => {
    if (cursor === n) {
      for (let i = n - 1; i > 0; i--) {
        const j = rng.integer(i + 1);
        const swapped = order[i]!;
        order[i] = order[j]!;
        order[j] = swapped;
      }
      cursor = 0;
    }
    return order[cursor++]!;
  };
}

/** alpha, sigma and the time features at t = i/T for i = 0…T. */
function chainTable(process: ForwardProcess, nChain: number) {
  const alpha = new Float64Array(nChain + 1);
  const sigma = new Float64Array(nChain + 1);
  const features = new Float32Array((nChain + 1) * TIME_FEATURES);
  for (let i = 0; i <= nChain; i++) {
    const kernel = process.kernel(i / nChain);
    alpha[i] = kernel.alpha;
    sigma[i] = kernel.sigma;
    timeFeatures(kernel, features, i * TIME_FEATURES);
  }
  return { alpha, sigma, features };
}

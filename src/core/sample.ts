import { requireBetween } from './check.ts';
import { linear } from './timeGrids/linear.ts';
import type { Sampler, SamplerOptions, SampleState, StepContext, TimeGrid } from './types.ts';

/**
 * The times a sampler visits, from t = 1 (noise) down to t = 0 (data).
 * @param nSteps steps S, 1…nChain; a sampler that walks every step of the chain takes nChain instead
 * @returns [S + 1] decreasing times i/nChain
 */
export function samplingTimes(
  sampler: Sampler,
  timeGrid: TimeGrid,
  nSteps: number,
  nChain: number,
): number[] {
  const indices = sampler.everyStep ? linear.indices(nChain, nChain) : timeGrid.indices(nSteps, nChain);
  return indices.map((i) => i / nChain).reverse();
}

/** `StepContext.noiseKey` of a chain of nChain steps: the index of t, so that samplers share their noise. */
export function noiseKeyOf(nChain: number): (t: number) => number {
  return (t) => Math.round(t * nChain);
}

/**
 * The sampling loop: yields the start, then one state per step. A yielded state is the caller's until the next pull;
 * what it holds is released then, and when the loop is left early.
 * @param times monotone, in [0,1]; decreasing times sample, increasing times encode
 * @param x the points at times[0]
 * @throws RangeError when the times or the options are out of range
 */
export function* sample<X>(
  sampler: Sampler,
  context: StepContext<X>,
  times: readonly number[],
  x: X,
): Generator<SampleState<X>, void, void> {
  requireTimes(times);
  requireOptions(context.options);
  const [start, ...rest] = times;
  let state: SampleState<X> = { t: start!, x, x0Hat: null, nfe: 0, history: [] };
  try {
    yield state;
    for (const tNext of rest) {
      const old = state;
      state = context.space.scope(() => sampler.step(context, old, tNext));
      context.space.release(old, state);
      yield state;
    }
  } finally {
    context.space.release(state);
  }
}

function requireTimes(times: readonly number[]): void {
  if (times.length === 0) throw new RangeError('Sampling needs at least one time.');
  for (const t of times) requireBetween('A sampling time', t, 0, 1);
  const direction = Math.sign(times.at(-1)! - times[0]!);
  for (let i = 1; i < times.length; i++) {
    if (Math.sign(times[i]! - times[i - 1]!) !== direction || direction === 0) {
      throw new RangeError('Sampling times must all decrease (to sample) or all increase (to encode).');
    }
  }
}

function requireOptions({ eta, variance }: SamplerOptions): void {
  requireBetween('eta', eta, 0, 1);
  if (variance !== 'beta' && variance !== 'beta-tilde') {
    throw new RangeError(`The reverse variance must be 'beta' or 'beta-tilde', not '${variance}'.`);
  }
}

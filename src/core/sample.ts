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

export interface SampleSettings {
  /**
   * Ends on Tweedie's E[x₀|x_t] (one more state, at t = 0, and one more evaluation) when there is noise left at the last
   * of the times: a process that starts with noise, or times that stop before it. Off by default.
   */
  readonly tweedie?: boolean;
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
  { tweedie = false }: SampleSettings = {},
): Generator<SampleState<X>, void, void> {
  requireTimes(times);
  requireOptions(context.options);
  const [start, ...rest] = times;
  const { space } = context;
  let state: SampleState<X> = { t: start!, x, x0Hat: null, nfe: 0, history: [] };
  const advance = (step: (old: SampleState<X>) => SampleState<X>): SampleState<X> => {
    const old = state;
    state = space.scope(() => step(old));
    space.release(old, state);
    return state;
  };
  try {
    yield state;
    for (const tNext of rest) yield advance((old) => sampler.step(context, old, tNext));
    const noiseLeft = context.process.kernel(state.t).sigma > 0;
    if (tweedie && noiseLeft) yield advance((old) => denoised(context, old));
  } finally {
    space.release(state);
  }
}

/** x = E[x₀|x_t], at t = 0. */
function denoised<X>({ denoise }: StepContext<X>, { t, x, nfe }: SampleState<X>): SampleState<X> {
  const x0Hat = denoise(x, t);
  return { t: 0, x: x0Hat, x0Hat, nfe: nfe + 1, history: [] };
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

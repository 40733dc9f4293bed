import { requireBetween } from './check.ts';
import { linear } from './timeGrids/linear.ts';
import { requireSteps } from './timeGrids/requireSteps.ts';
import type {
  ForwardProcess,
  Sampler,
  SamplerOptions,
  SampleState,
  StepContext,
  TimeGrid,
  TimeGridOptions,
} from './types.ts';

/** What decides the times that a sampler visits. */
export interface TimesChoice {
  readonly sampler: Sampler;
  readonly timeGrid: TimeGrid;
  readonly process: ForwardProcess;
  /** S, 1…2·nChain; 1…nChain of a sampler that undoes the steps of the chain */
  readonly nSteps: number;
  /** T */
  readonly nChain: number;
}

/**
 * The times a sampler visits, from t = 1 (noise) down to t = 0 (data). One that chooses its own steps is told only where
 * to end: at tMin, before the last denoising. The steps of one that stays at a fixed time are counted in equal parts.
 * @returns [S + 1] strictly decreasing
 * @throws RangeError as the time grid, and for more steps than the sampler can take
 */
export function samplingTimes(choice: TimesChoice, options: TimeGridOptions = {}): number[] {
  const { sampler, timeGrid, process, nSteps, nChain } = choice;
  if (sampler.adaptive) return [1, options.tMin ?? 1 / nChain, 0];
  if (sampler.fixedTime !== undefined) return linear.times(process, nSteps, nSteps);
  if (sampler.wholeChain) requireSteps(nSteps, nChain);
  return timeGrid.times(process, nSteps, nChain, options);
}

/** Times nearer to a node than this, in steps of the chain, are on it. */
const ON_NODE = 1e-9;
/** Between nodes, times are told apart to this part of a step of the chain. */
const PARTS = 2 ** 30;

/**
 * `StepContext.noiseKey` of a chain of nChain steps: at its times i/T the index i, so that samplers share their noise;
 * between them a whole number above T of its own.
 */
export function noiseKeyOf(nChain: number): (t: number) => number {
  return (t) => {
    const index = Math.round(t * nChain);
    if (Math.abs(t * nChain - index) < ON_NODE) return index;
    return nChain + 1 + Math.round(t * nChain * PARTS);
  };
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

const VARIANCES: readonly SamplerOptions['variance'][] = ['beta', 'beta-tilde', 'learned', 'optimal'];

function requireOptions({ eta, variance }: SamplerOptions): void {
  requireBetween('eta', eta, 0, 1);
  if (!VARIANCES.includes(variance)) {
    throw new RangeError(
      `The reverse variance must be 'learned', 'optimal', 'beta' or 'beta-tilde', not '${variance}'.`,
    );
  }
}

import { arraySpace } from '../arraySpace.ts';
import { requireBetween } from '../check.ts';
import { createRng } from '../rng.ts';
import type { Denoiser, ForwardProcess, SampleState, StepContext, Vector } from '../types.ts';
import { adaptiveStepsTo } from './adaptiveSteps.ts';
import { timeOfHalfLogSnr } from './steps.ts';

/** Stands for θ = 0, where the velocity is 0/0; it is finite just above, and x differs by ½σ²·score only. */
const LEAST_ANGLE = 1e-7;

/**
 * The probability-flow ODE (Song et al. 2021, Eq. 13) by the steps of the sampler RK45 (`adaptiveSteps.ts`), from one time to
 * the next.
 * @param x [n][2] the points at times[0]
 * @param times one or more, in [0,1], in either direction
 * @param tolerances relative and absolute (units of y), 1e-6 each unless given; all points share the steps
 * @returns the points at each of the times, the first of them x itself, and the evaluations of the denoiser
 * @throws RangeError when times are out of range; Error as `adaptiveSteps`
 */
export function adaptiveFlow(
  process: ForwardProcess,
  denoise: Denoiser<Vector>,
  x: Vector,
  times: readonly number[],
  { rtol = 1e-6, atol = 1e-6 }: { readonly rtol?: number; readonly atol?: number } = {},
): { readonly path: readonly Vector[]; readonly nfe: number } {
  if (times.length === 0) throw new RangeError('Sampling needs at least one time.');
  for (const t of times) requireBetween('A sampling time', t, 0, 1);
  const [start, ...rest] = times.map((t) => noisyTime(process, t));
  const context: StepContext<Vector> = {
    space: arraySpace(createRng(0)),
    process,
    denoise,
    options: { eta: 0, variance: 'beta' },
    noiseKey: () => 0,
  };
  let state: SampleState<Vector> = { t: start!, x, x0Hat: null, nfe: 0, history: [] };
  const path = [x];
  for (const t of rest) {
    state = adaptiveStepsTo(context, state, t, { rtol, atol });
    path.push(state.x);
  }
  return { path, nfe: state.nfe };
}

/** The time, or the first one after it with noise enough for the steps. */
function noisyTime(process: ForwardProcess, t: number): number {
  const { alpha, sigma } = process.kernel(t);
  if (sigma >= LEAST_ANGLE * alpha) return t;
  return timeOfHalfLogSnr(process, -Math.log(LEAST_ANGLE), 0, 1);
}

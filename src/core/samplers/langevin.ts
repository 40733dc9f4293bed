import { requireBetween, requireInteger } from '../check.ts';
import type { Parameter } from '../parameters.ts';
import type { Kernel, Space, StepContext, Vector } from '../types.ts';
import { scoreTerms } from './steps.ts';

/** What shapes Langevin steps at each noise level, with a sampler's own initial values. */
export function langevinParameters(initial: { readonly nInner: number; readonly snr: number }) {
  return [
    {
      name: 'nInner',
      label: 'Langevin steps',
      hint: 'Langevin steps at each noise level; every one costs an evaluation.',
      initial: initial.nInner,
      low: 1,
      high: 20,
      whole: true,
    },
    {
      name: 'snr',
      label: 'Step ratio r',
      hint: 'Length of a Langevin step over the noise level: δ = 2(rσ)². Too long and points fly off.',
      initial: initial.snr,
      low: 0.01,
      high: 0.6,
    },
  ] as const satisfies readonly Parameter[];
}

/**
 * One step of Langevin dynamics, x + δ ∇ln p_t(x) + √(2δ) z (Song & Ermon 2019, Eq. 4, with δ = ε/2).
 * @param x0Hat the denoiser's answer at x
 * @param delta step size δ > 0, units²
 */
export function langevinStep<X>(
  space: Space<X>,
  kernel: Kernel,
  x: X,
  x0Hat: X,
  delta: number,
  noiseKey: number,
): X {
  return space.combine([1, x], ...scoreTerms(x, x0Hat, kernel, delta), [
    Math.sqrt(2 * delta),
    space.gaussian(x, noiseKey),
  ]);
}

/**
 * δ = 2α(r σ)², the step size of annealed Langevin dynamics as a corrector (Song et al. 2021, App. G): it follows from
 * the noise level alone, for a score's norm is about that of the noise over σ.
 * @param snr the ratio r > 0 of the score's part of a step to the noise's
 * @param alpha 1 − β of the step for VP, 1 for VE
 */
export function annealedStepSize(snr: number, sigma: number, alpha = 1): number {
  requireBetween('The signal-to-noise ratio of Langevin steps', snr, Number.MIN_VALUE, 1);
  return 2 * alpha * (snr * sigma) ** 2;
}

/**
 * δ = 2α(r ‖z‖/‖∇ln p‖)², the step size of the Langevin corrector (Song et al. 2021, Alg. 4 and 5), with norms averaged
 * over the points.
 * @param score, noise [n][2] the score at the points, and the noise that will be added to them
 */
export function normStepSize(snr: number, score: Vector, noise: Vector, alpha = 1): number {
  requireBetween('The signal-to-noise ratio of Langevin steps', snr, Number.MIN_VALUE, 1);
  return 2 * alpha * ((snr * meanNorm(noise)) / meanNorm(score)) ** 2;
}

function meanNorm(points: Vector): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) sum += Math.hypot(points[i]!, points[i + 1]!);
  return sum / (points.length / 2);
}

/** The noise key of inner step j of n on the way to t: a fraction above that of t, which no other step has. */
export const innerNoiseKey = (key: number, j: number, n: number): number => key + (j + 1) / (n + 1);

/**
 * Langevin dynamics at one fixed time t, whose points are distributed as p_t in the limit of small and many steps.
 * @param x [n][2] where it starts
 * @param delta step size δ > 0; about (0.1 to 0.3)·σ² at most is stable
 * @returns a generator of the points after each of nSteps steps; one evaluation each
 * @throws RangeError at a time without noise, or when delta or nSteps is out of range
 */
export function* langevinAt<X>(
  { space, process, denoise, noiseKey }: Omit<StepContext<X>, 'options'>,
  t: number,
  x: X,
  { delta, nSteps }: { readonly delta: number; readonly nSteps: number },
): Generator<X, void, void> {
  requireInteger('The number of Langevin steps', nSteps, 1, Number.MAX_SAFE_INTEGER);
  requireBetween('The step size of Langevin dynamics', delta, Number.MIN_VALUE, Number.MAX_VALUE);
  const kernel = process.kernel(t);
  if (kernel.sigma === 0) throw new RangeError(`Langevin dynamics needs noise; there is none at t = ${t}.`);
  let at = x;
  for (let j = 0; j < nSteps; j++) {
    at = langevinStep(space, kernel, at, denoise(at, t), delta, innerNoiseKey(noiseKey(t), j, nSteps));
    yield at;
  }
}

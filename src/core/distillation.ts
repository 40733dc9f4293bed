import { noiseless, type Term } from './samplers/steps.ts';
import type { Kernel, StepContext } from './types.ts';

/**
 * Progressive distillation (Salimans & Ho 2022, Algorithm 2): a student learns to do in one step of DDIM what its teacher does in
 * two, and is the next teacher.
 */

/** The times of a step of the student: t, t′ = t − ½/N where its teacher's second step begins, and t″ = t − 1/N. */
export interface StudentStep {
  readonly t: number;
  readonly middle: number;
  readonly end: number;
}

/**
 * The steps of a student, each two of its teacher's.
 * @param times [2N + 1] those that the teacher visits, decreasing
 * @returns [N] from noise to data
 * @throws RangeError when the teacher's steps are no pairs
 */
export function studentSteps(times: readonly number[]): readonly StudentStep[] {
  const nSteps = times.length - 1;
  if (nSteps < 2 || nSteps % 2 === 1) {
    throw new RangeError(`A teacher of ${nSteps} steps has no student: its steps must be pairs.`);
  }
  return Array.from({ length: nSteps / 2 }, (_, k) => ({
    t: times[2 * k]!,
    middle: times[2 * k + 1]!,
    end: times[2 * k + 2]!,
  }));
}

/** The times that a student visits, [N + 1]: every second of its teacher's. */
export const studentTimes = (times: readonly number[]): readonly number[] =>
  times.filter((_, i) => i % 2 === 0);

/**
 * x̃ = (z_t″ − (σ_t″/σ_t) z_t)/(α_t″ − (σ_t″/σ_t) α_t), the answer to z_t with which one step of DDIM ends at z_t″, as terms in z_t″
 * and z_t.
 * @param from the kernel at t, with σ > 0
 * @param to the kernel at t″, with less noise beside its signal
 */
export function targetTerms<X>(z: X, zEnd: X, from: Kernel, to: Kernel): readonly [Term<X>, Term<X>] {
  const ratio = to.sigma / from.sigma; // σ_t″/σ_t
  const share = to.alpha - ratio * from.alpha;
  return [
    [1 / share, zEnd],
    [-ratio / share, z],
  ];
}

/**
 * What a student should answer to z_t: the x̃ of two steps of DDIM (η = 0) with its teacher,
 *   z_t′ = α_t′ x̂(z_t) + (σ_t′/σ_t)(z_t − α_t x̂(z_t)),  z_t″ likewise from z_t′.
 * @param z points z_t of the time `step.t`; they stay the caller's
 */
export function distillationTarget<X>(
  { space, process, denoise }: Pick<StepContext<X>, 'space' | 'process' | 'denoise'>,
  z: X,
  { t, middle, end }: StudentStep,
): X {
  const stepFrom = (x: X, from: number, to: number): X =>
    space.combine(...noiseless(x, denoise(x, from), process.kernel(from), process.kernel(to)));
  return space.scope(() => {
    const zEnd = stepFrom(stepFrom(z, t, middle), middle, end);
    return space.combine(...targetTerms(z, zEnd, process.kernel(t), process.kernel(end)));
  });
}

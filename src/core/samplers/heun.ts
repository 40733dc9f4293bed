import { requireBetween, requireInteger } from '../check.ts';
import { parameterValues } from '../parameters.ts';
import type { Sampler, SampleState, StepContext } from '../types.ts';
import { halfLogSnr, leaveData, requireTowardsData, reverseNoise, timeOfHalfLogSnr } from './steps.ts';

/** The stochasticity of Karras et al. 2022, Alg. 2; noise levels are σ/α. */
export interface Churn {
  /** S_churn ≥ 0, of which each of the nSteps steps takes its share; 0 adds no noise. */
  readonly sChurn: number;
  /** Steps from noise levels in [S_tmin, S_tmax] add noise. */
  readonly sTmin: number;
  readonly sTmax: number;
  /** S_noise > 0, the standard deviation of what is added, slightly above 1 to make up for what denoisers lose. */
  readonly sNoise: number;
  /** N, the steps of the whole path. */
  readonly nSteps: number;
}

const NO_CHURN: Churn = { sChurn: 0, sTmin: 0, sTmax: Infinity, sNoise: 1, nSteps: 1 };

/** As a person sets them: noise levels outside this range do not occur, and churn needs one that is finite. */
const LEVELS = { low: 1e-3, high: 1000 } as const;

const PARAMETERS = [
  {
    name: 'sChurn',
    label: 'S_churn',
    hint: 'How much noise is stirred in along the way, shared by all steps; 0 adds none.',
    initial: 0,
    low: 0,
    high: 100,
  },
  {
    name: 'sTmin',
    label: 'S_tmin',
    hint: 'The noise level σ/α below which nothing is stirred in.',
    initial: LEVELS.low,
    ...LEVELS,
  },
  {
    name: 'sTmax',
    label: 'S_tmax',
    hint: 'The noise level σ/α above which nothing is stirred in.',
    initial: LEVELS.high,
    ...LEVELS,
  },
  {
    name: 'sNoise',
    label: 'S_noise',
    hint: 'How strong the noise is that is stirred in; slightly above 1 makes up for what networks smooth away.',
    initial: 1,
    low: 0.9,
    high: 1.1,
  },
] as const;

/**
 * Heun's second-order method (Karras et al. 2022, Alg. 1; with churn Alg. 2) on the probability-flow ODE in the form
 * dx = x̂₀ dα + ε̂ dσ, by the trapezoidal rule in both integrals. Where α = 1 that is the paper's dx/dσ = (x − D)/σ.
 * The step to σ = 0 is Euler's.
 * @throws RangeError when a churn parameter is out of range
 */
export function heun(churn: Partial<Churn> = {}): Sampler {
  const settings = { ...NO_CHURN, ...churn };
  requireChurn(settings);
  return {
    id: 'heun',
    label: 'Heun (EDM)',
    summary:
      'Takes a trial step, looks at the velocity there too, and goes by the mean: two evaluations per step.',
    equation: String.raw`x_s = x_t + \tfrac{\alpha_s-\alpha_t}{2}\bigl(\hat x_0 + \hat x_0'\bigr) + \tfrac{\sigma_s-\sigma_t}{2}\bigl(\hat\varepsilon + \hat\varepsilon'\bigr)`,
    uses: [],
    usual: { nSteps: 30, timeGrid: 'karras' },
    order: 2,
    nfePerStep: 2,
    parameters: PARAMETERS,
    build(values, nSteps) {
      const chosen = parameterValues(PARAMETERS, values);
      // A range that ends before it begins has no noise level in it.
      const sChurn = chosen.sTmin <= chosen.sTmax ? chosen.sChurn : 0;
      return heun({ ...chosen, sChurn, sTmax: Math.max(chosen.sTmin, chosen.sTmax), nSteps });
    },
    stochastic: () => settings.sChurn > 0,
    step(context, state, tNext) {
      const { space, process, denoise } = context;
      if (settings.sChurn > 0) requireTowardsData('Heun with churn', state.t, tNext);
      if (process.kernel(state.t).sigma === 0) return leaveData(context, state, tNext);
      const { t, x } = churned(context, state, tNext, settings);
      const from = process.kernel(t);
      const to = process.kernel(tNext);
      const [dAlpha, dSigma] = [to.alpha - from.alpha, to.sigma - from.sigma];

      const x0Hat = denoise(x, t);
      if (to.sigma === 0) return { t: tNext, x: x0Hat, x0Hat, nfe: state.nfe + 1, history: [] };
      const epsHat = space.combine([1 / from.sigma, x], [-from.alpha / from.sigma, x0Hat]);
      const trial = space.combine([1, x], [dAlpha, x0Hat], [dSigma, epsHat]);

      const x0There = denoise(trial, tNext);
      const epsThere = space.combine([1 / to.sigma, trial], [-to.alpha / to.sigma, x0There]);
      const there = space.combine(
        [1, x],
        [dAlpha / 2, x0Hat],
        [dAlpha / 2, x0There],
        [dSigma / 2, epsHat],
        [dSigma / 2, epsThere],
      );
      return { t: tNext, x: there, x0Hat, nfe: state.nfe + 2, history: [] };
    },
  };
}

/** Lines 5 and 6 of Alg. 2: raises the noise level from σ to σ̂ = (1 + γ)σ; no further than the process goes. */
function churned<X>(
  context: StepContext<X>,
  { t, x }: SampleState<X>,
  tNext: number,
  { sChurn, sTmin, sTmax, sNoise, nSteps }: Churn,
): { t: number; x: X } {
  const { space, process } = context;
  const from = process.kernel(t);
  const level = from.sigma / from.alpha;
  const gamma = level >= sTmin && level <= sTmax ? Math.min(sChurn / nSteps, Math.SQRT2 - 1) : 0;
  if (gamma === 0) return { t, x };
  const tHat = timeOfHalfLogSnr(process, halfLogSnr(from) - Math.log1p(gamma), t, 1);
  const hat = process.kernel(tHat);
  const added = hat.alpha * Math.sqrt(Math.max(0, (hat.sigma / hat.alpha) ** 2 - level ** 2));
  const noise = reverseNoise(context, x, t, tNext);
  return { t: tHat, x: space.combine([hat.alpha / from.alpha, x], [sNoise * added, noise]) };
}

function requireChurn({ sChurn, sTmin, sTmax, sNoise, nSteps }: Churn): void {
  requireBetween('sChurn', sChurn, 0, Number.MAX_VALUE);
  requireBetween('sTmin', sTmin, 0, Infinity);
  requireBetween('sTmax', sTmax, sTmin, Infinity);
  requireBetween('sNoise', sNoise, Number.MIN_VALUE, Number.MAX_VALUE);
  requireInteger('The number of steps that share sChurn', nSteps, 1, Number.MAX_SAFE_INTEGER);
}

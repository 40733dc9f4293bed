import { requireBetween } from '../check.ts';
import { parameterValues } from '../parameters.ts';
import { gaussianPosterior, type Posterior } from '../posterior.ts';
import type { Sampler, StepContext } from '../types.ts';
import { reverseNoise } from './steps.ts';
import { optimalVarianceAt } from './variances.ts';

const PARAMETERS = [
  {
    name: 'gamma',
    label: 'γ (from β̃ to β)',
    hint: 'The variance is β̃^(1−γ)·β^γ, as in Imagen: 0 is β̃, 1 is β. Read where the variance is β̃.',
    initial: 0,
    low: 0,
    high: 1,
  },
] as const;

/**
 * Ancestral sampling (Ho et al. 2020, Alg. 2), from any time t to any earlier s. With α_{t|s} = α_t/α_s and
 * σ²_{t|s} = σ_t² − α²_{t|s}σ_s² (β_t for neighbours), q(x_s|x_t, x_0) has the mean of Eq. 7 and the variance β̃.
 * Along fewer steps that is the chain respaced (Nichol & Dhariwal 2021, Eq. 19): β is 1 − ᾱ_t/ᾱ_s, which DDIM's paper calls
 * σ̂² there, and β̃ is DDIM's variance with η = 1.
 * @param gamma 0…1: of the variance β̃, β̃^{1−γ}β^γ is made (Saharia et al. 2022, App. B)
 * @throws RangeError when γ is out of range
 */
export function ddpmOf(gamma = 0): Sampler {
  requireBetween('γ', gamma, 0, 1);
  return {
    id: 'ddpm',
    label: 'DDPM',
    summary: 'Undoes the noise one small random step at a time: every step of the chain, or longer ones.',
    equation: String.raw`x_{t-1} = \frac{\sqrt{\bar\alpha_{t-1}}\,\beta_t}{1-\bar\alpha_t}\,\hat x_0 + \frac{\sqrt{\alpha_t}\,(1-\bar\alpha_{t-1})}{1-\bar\alpha_t}\,x_t + \sigma_t z`,
    uses: ['variance'],
    variances: ['beta-tilde', 'beta', 'optimal', 'learned'],
    wholeChain: true,
    usual: { nSteps: 1000, timeGrid: 'linear' },
    parameters: PARAMETERS,
    build: (values) => ddpmOf(parameterValues(PARAMETERS, values).gamma),
    draws: () => true,
    stochastic: () => true,
    step(context, { t, x, nfe }, tNext) {
      const { space, process, denoise } = context;
      if (!(tNext < t))
        throw new RangeError(`DDPM goes from noise to data; it has no step from t = ${t} to ${tNext}.`);
      const from = process.kernel(t);
      const to = process.kernel(tNext);
      const x0Hat = denoise(x, t);

      const posterior = gaussianPosterior(from, to);
      const { coefX0, coefX } = posterior;
      const drawn = { x, t, posterior, gamma };
      const mean = [
        [coefX0, x0Hat],
        [coefX, x],
      ] as const;
      const there = () => {
        if (to.sigma === 0) return space.combine(...mean);
        const z = reverseNoise(context, x, t, tNext);
        if (context.draw) {
          const variance = fixedVariance(context, drawn);
          return context.draw({ mean: space.combine(...mean), variance, z, x, t, s: tNext });
        }
        return space.combine(...mean, noiseTerm(context, drawn, z));
      };
      return { t: tNext, x: there(), x0Hat, nfe: nfe + 1, history: [] };
    },
  };
}

export const ddpm = ddpmOf();

/** A step from x at t. */
interface Drawn<X> {
  readonly x: X;
  readonly t: number;
  readonly posterior: Posterior;
  /** γ of the variance between β̃ and β. */
  readonly gamma: number;
}

/** σz, or z⊙Σ^½ with the learned Σ = exp(v ln β + (1 − v) ln β̃) (Nichol & Dhariwal 2021, Eq. 15). */
function noiseTerm<X>(context: StepContext<X>, drawn: Drawn<X>, z: X): readonly [number, X] {
  const { options, learnedNoise } = context;
  if (options.variance !== 'learned') return [Math.sqrt(fixedVariance(context, drawn)), z];
  if (!learnedNoise) {
    throw new RangeError(
      'This denoiser has learned no variance; choose beta or beta-tilde, or train with learned variance.',
    );
  }
  const { x, t, posterior } = drawn;
  const bounds = { logLow: Math.log(posterior.variance), logHigh: Math.log(posterior.beta) };
  return [1, learnedNoise(x, t, bounds, z)];
}

/** σ² where it is the same for all points. */
function fixedVariance<X>(context: StepContext<X>, { t, posterior, gamma }: Drawn<X>): number {
  const { beta, variance: betaTilde } = posterior;
  switch (context.options.variance) {
    case 'learned':
      throw new RangeError('A condition that shifts steps needs one variance for all points.');
    case 'optimal':
      return optimalVarianceAt(context, t, posterior);
    case 'beta':
      return beta;
    case 'beta-tilde':
      return gamma === 0 ? betaTilde : betaTilde ** (1 - gamma) * beta ** gamma;
  }
}

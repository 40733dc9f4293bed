import { gaussianPosterior } from '../posterior.ts';
import type { Sampler, StepContext } from '../types.ts';
import { reverseNoise } from './steps.ts';

/**
 * Ancestral sampling (Ho et al. 2020, Alg. 2), from any time t to any earlier s. With α_{t|s} = α_t/α_s and
 * σ²_{t|s} = σ_t² − α²_{t|s}σ_s² (β_t for neighbours), q(x_s|x_t, x_0) has the mean of Eq. 7 and the variance β̃.
 * Along fewer steps that is the chain respaced (Nichol & Dhariwal 2021, Eq. 19): β is 1 − ᾱ_t/ᾱ_s, which DDIM's paper calls
 * σ̂² there, and β̃ is DDIM's variance with η = 1.
 */
export const ddpm: Sampler = {
  id: 'ddpm',
  label: 'DDPM',
  summary: 'Undoes the noise one small random step at a time: every step of the chain, or longer ones.',
  equation: String.raw`x_{t-1} = \frac{\sqrt{\bar\alpha_{t-1}}\,\beta_t}{1-\bar\alpha_t}\,\hat x_0 + \frac{\sqrt{\alpha_t}\,(1-\bar\alpha_{t-1})}{1-\bar\alpha_t}\,x_t + \sigma_t z`,
  uses: ['variance'],
  wholeChain: true,
  usual: { nSteps: 1000, timeGrid: 'linear' },
  stochastic: () => true,
  step(context, { t, x, nfe }, tNext) {
    const { space, process, denoise } = context;
    if (!(tNext < t))
      throw new RangeError(`DDPM goes from noise to data; it has no step from t = ${t} to ${tNext}.`);
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    const x0Hat = denoise(x, t);

    const { coefX0, coefX, beta, variance: betaTilde } = gaussianPosterior(from, to);
    const terms: (readonly [number, typeof x])[] = [
      [coefX0, x0Hat],
      [coefX, x],
    ];
    if (to.sigma > 0) {
      terms.push(noiseTerm(context, { x, t, beta, betaTilde }, reverseNoise(context, x, t, tNext)));
    }
    return { t: tNext, x: space.combine(...terms), x0Hat, nfe: nfe + 1, history: [] };
  },
};

/** σz with σ² = β, β̃ of the step, or Σ = exp(v ln β + (1 − v) ln β̃) (Nichol & Dhariwal 2021, Eq. 15). */
function noiseTerm<X>(
  { options, learnedNoise }: StepContext<X>,
  { x, t, beta, betaTilde }: { x: X; t: number; beta: number; betaTilde: number },
  z: X,
): readonly [number, X] {
  if (options.variance !== 'learned') return [Math.sqrt(options.variance === 'beta' ? beta : betaTilde), z];
  if (!learnedNoise) {
    throw new RangeError(
      'This denoiser has learned no variance; choose beta or beta-tilde, or train with learned variance.',
    );
  }
  return [1, learnedNoise(x, t, { logLow: Math.log(betaTilde), logHigh: Math.log(beta) }, z)];
}

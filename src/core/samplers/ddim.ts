import type { Kernel, Sampler, SamplerOptions } from '../types.ts';
import { leaveData, noiseless, reverseNoise, type Term, transition } from './steps.ts';
import { optimalVarianceAt } from './variances.ts';

/**
 * Denoising diffusion implicit models (Song et al. 2021, Eq. 12 and 16), between any two times. η = 0 is deterministic,
 * η = 1 ancestral; with η = 0 it also runs towards noise, which encodes a point. Where α = 1 it is Euler's method in σ
 * (k-diffusion's sample_euler, and sample_euler_ancestral with η > 0). The optimal variance beside the same mean adds what x_t
 * leaves open of x_0, with η = 0 too (Analytic-DDIM, Bao et al. 2022, Theorem 1 with λ = ησ̃).
 */
export const ddim: Sampler = {
  id: 'ddim',
  label: 'DDIM',
  summary:
    'Skips along a subsequence of the steps; without noise (η = 0) it follows a smooth path to the data.',
  equation: String.raw`x_{\tau_{i-1}} = \sqrt{\bar\alpha_{\tau_{i-1}}}\,\hat x_0 + \sqrt{1-\bar\alpha_{\tau_{i-1}}-\sigma^2}\;\hat\varepsilon + \sigma z`,
  uses: ['eta', 'variance'],
  variances: ['beta-tilde', 'optimal'],
  usual: { nSteps: 100, timeGrid: 'quadratic' },
  order: 1,
  draws: addsNoise,
  stochastic: addsNoise,
  step(context, state, tNext) {
    const { space, process, denoise, options } = context;
    const { t, x, nfe } = state;
    if (tNext > t && addsNoise(options)) {
      const given = options.eta > 0 ? options.eta : 'with the optimal variance';
      throw new RangeError(`DDIM runs towards noise only with eta = 0, not ${given}.`);
    }
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    if (from.sigma === 0) return leaveData(context, state, tNext);
    const x0Hat = denoise(x, t);
    const { mean, noise: own } = ddimMean(x, x0Hat, from, to, options.eta);
    // The last step ends on x̂₀, as DDPM's does.
    const noise =
      options.variance === 'optimal' && to.sigma > 0
        ? Math.sqrt(optimalVarianceAt(context, t, { variance: own ** 2, coefX0: mean[0][0] }))
        : own;
    if (!(noise > 0)) return { t: tNext, x: space.combine(...mean), x0Hat, nfe: nfe + 1, history: [] };
    const z = reverseNoise(context, x, t, tNext);
    const there = context.draw
      ? context.draw({ mean: space.combine(...mean), variance: noise ** 2, z, x, t, s: tNext })
      : space.combine(...mean, [noise, z]);
    return { t: tNext, x: there, x0Hat, nfe: nfe + 1, history: [] };
  },
};

function addsNoise({ eta, variance }: SamplerOptions): boolean {
  return eta > 0 || variance === 'optimal';
}

/** The step as terms in x̂₀, x and, where noise is added, z. */
export function ddimTerms<X>(x: X, x0Hat: X, from: Kernel, to: Kernel, eta: number, z: () => X): Term<X>[] {
  const { mean, noise } = ddimMean(x, x0Hat, from, to, eta);
  return noise > 0 ? [...mean, [noise, z()]] : mean;
}

/** The mean as terms in x̂₀ and x, and the standard deviation of the noise. */
function ddimMean<X>(x: X, x0Hat: X, from: Kernel, to: Kernel, eta: number) {
  // √((1−ᾱ_s)/(1−ᾱ_t))·√(1 − ᾱ_t/ᾱ_s), Eq. 16
  const ancestral = (to.sigma / from.sigma) * Math.sqrt(transition(from, to).variance);
  const noise = eta * ancestral;
  const down = Math.sqrt(Math.max(0, to.sigma ** 2 - noise ** 2));
  const mean = noiseless(x, x0Hat, from, { alpha: to.alpha, sigma: down });
  return { mean, noise };
}

import type { Sampler } from '../types.ts';
import { halfLogSnr, leaveData, noiseless, noiselessStep, timeOfHalfLogSnr } from './steps.ts';

/**
 * DPM-Solver-1 (Lu et al. 2022a, Eq. 3.7): x_s = (α_s/α_t) x_t − σ_s (e^h − 1) ε̂. With x_t = α_t x̂₀ + σ_t ε̂ and
 * σ_s e^h = σ_t α_s/α_t that is α_s x̂₀ + σ_s ε̂, DDIM's step, free of the large α_s/α_t.
 */
export const dpmSolver1: Sampler = {
  id: 'dpm-solver-1',
  label: 'DPM-Solver-1',
  summary: 'The first-order exponential integrator of the probability-flow ODE, which is DDIM without noise.',
  equation: String.raw`x_s = \frac{\alpha_s}{\alpha_t}\,x_t - \sigma_s\,(e^{h}-1)\,\hat\varepsilon`,
  uses: [],
  usual: { nSteps: 100, timeGrid: 'quadratic' },
  order: 1,
  stochastic: () => false,
  step: noiselessStep(({ space, x, x0Hat, from, to }) => space.combine(...noiseless(x, x0Hat, from, to))),
};

/**
 * DPM-Solver-2 (Lu et al. 2022a, Alg. 1, r₁ = ½), singlestep: from t to s through u, halfway in λ = ln(α/σ).
 *   x_u = (α_u/α_t) x_t − σ_u (e^{h/2} − 1) ε̂(x_t, t)
 *   x_s = (α_s/α_t) x_t − σ_s (e^h − 1) ε̂(x_u, u)
 * written in x̂₀ as DPM-Solver-1 is: the second line is α_s x̂₀ + σ_s ε̂ + 2α_s sinh(h/2)(x̂₀′ − x̂₀). Steps to
 * σ = 0 and from α = 0, infinitely long in λ, are of first order. Where α = 1 this is k-diffusion's sample_dpm_2.
 */
export const dpmSolver2: Sampler = {
  id: 'dpm-solver-2',
  label: 'DPM-Solver-2',
  summary:
    'Goes by the noise predicted halfway through each step, halfway in log-SNR: two evaluations per step.',
  equation: String.raw`x_s = \frac{\alpha_s}{\alpha_t}\,x_t - \sigma_s\,(e^{h}-1)\,\hat\varepsilon(x_u, u),\quad \lambda_u = \tfrac{1}{2}(\lambda_t+\lambda_s)`,
  uses: [],
  usual: { nSteps: 25, timeGrid: 'log-snr' },
  order: 2,
  nfePerStep: 2,
  stochastic: () => false,
  step(context, state, tNext) {
    const { space, process, denoise } = context;
    const { t, x, nfe } = state;
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    if (from.sigma === 0) return leaveData(context, state, tNext);
    const x0Hat = denoise(x, t);
    const h = halfLogSnr(to) - halfLogSnr(from);
    if (!Number.isFinite(h)) {
      const there = space.combine(...noiseless(x, x0Hat, from, to));
      return { t: tNext, x: there, x0Hat, nfe: nfe + 1, history: [] };
    }
    const halfway = halfLogSnr(from) + h / 2;
    const u = timeOfHalfLogSnr(process, halfway, Math.min(t, tNext), Math.max(t, tNext));
    const xHalfway = space.combine(...noiseless(x, x0Hat, from, process.kernel(u)));
    const x0Halfway = denoise(xHalfway, u);

    const coef = 2 * to.alpha * Math.sinh(h / 2);
    const there = space.combine(...noiseless(x, x0Hat, from, to), [coef, x0Halfway], [-coef, x0Hat]);
    return { t: tNext, x: there, x0Hat, nfe: nfe + 2, history: [] };
  },
};

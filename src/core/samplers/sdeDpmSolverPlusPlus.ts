import type { Sampler } from '../types.ts';
import { halfLogSnr, requireTowardsData, reverseNoise } from './steps.ts';

/**
 * SDE-DPM-Solver++(2M) (Lu et al. 2022b; k-diffusion's sample_dpmpp_2m_sde with
 * η = 1 and the midpoint rule). The first step, and the one to σ = 0, are of first order.
 */
export const sdeDpmSolverPlusPlus2M: Sampler = {
  id: 'dpm-solver-pp-2m-sde',
  label: 'DPM++ 2M SDE',
  summary:
    'DPM-Solver++ on the reverse SDE: second order in what it predicts, with fresh noise at each step.',
  equation: String.raw`x_s = \frac{\sigma_s}{\sigma_t}e^{-h}x_t + \alpha_s\,(1-e^{-2h})\Bigl[\hat x_0^{(t)} + \tfrac{1}{2r}\bigl(\hat x_0^{(t)}-\hat x_0^{(t')}\bigr)\Bigr] + \sigma_s\sqrt{1-e^{-2h}}\,z`,
  uses: [],
  usual: { nSteps: 50, timeGrid: 'quadratic' },
  stochastic: () => true,
  step(context, { t, x, nfe, history }, tNext) {
    const { space, process, denoise } = context;
    requireTowardsData('SDE-DPM-Solver++', t, tNext);
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    const x0Hat = denoise(x, t);
    const next = { t: tNext, x0Hat, nfe: nfe + 1, history: [{ t, x0Hat }] };
    if (to.sigma === 0) return { ...next, x: x0Hat };

    const h = halfLogSnr(to) - halfLogSnr(from);
    const coefX = (to.sigma / from.sigma) * Math.exp(-h);
    const variance = -Math.expm1(-2 * h); // 1 − e^{−2h}
    const noise = [to.sigma * Math.sqrt(variance), reverseNoise(context, x, t, tNext)] as const;
    const coefX0 = to.alpha * variance;
    const previous = history[0];
    if (previous === undefined) return { ...next, x: space.combine([coefX, x], [coefX0, x0Hat], noise) };
    const r = (halfLogSnr(from) - halfLogSnr(process.kernel(previous.t))) / h;
    const w = 1 / (2 * r);
    return {
      ...next,
      x: space.combine([coefX, x], [coefX0 * (1 + w), x0Hat], [-coefX0 * w, previous.x0Hat], noise),
    };
  },
};

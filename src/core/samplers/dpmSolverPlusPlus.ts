import type { Kernel, Sampler } from '../types.ts';

/**
 * DPM-Solver++(2M), the second-order multistep solver of the probability-flow ODE in terms of x̂₀
 * (Lu et al. 2022, Algorithm 2). Its first step, and the one to t = 0, are of first order, hence DDIM's.
 */
export const dpmSolverPlusPlus: Sampler = {
  id: 'dpm-solver-pp-2m',
  label: 'DPM++ 2M',
  summary:
    'DPM-Solver++, second order: follows DDIM’s smooth path but bends with it, so ten to twenty steps do.',
  equation: String.raw`x_{s} = \frac{\sigma_{s}}{\sigma_{t}}\,x_{t} - \alpha_{s}\,(e^{-h}-1)\Bigl[\bigl(1+\tfrac{1}{2r}\bigr)\hat x_0^{(t)} - \tfrac{1}{2r}\,\hat x_0^{(t')}\Bigr]`,
  uses: [],
  everyStep: false,
  stochastic: () => false,
  step({ space, process, denoise }, { t, x, nfe, history }, tNext) {
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    const x0Hat = denoise(x, t);
    const next = { t: tNext, x0Hat, nfe: nfe + 1, history: [{ t, x0Hat }] };
    if (to.sigma === 0) return { ...next, x: x0Hat };

    const h = halfLogSnr(to) - halfLogSnr(from);
    const keep = to.sigma / from.sigma;
    const gain = -to.alpha * Math.expm1(-h);
    const previous = history[0];
    if (previous === undefined) return { ...next, x: space.combine([keep, x], [gain, x0Hat]) };
    const r = (halfLogSnr(from) - halfLogSnr(process.kernel(previous.t))) / h;
    const bend = 1 / (2 * r);
    return {
      ...next,
      x: space.combine([keep, x], [gain * (1 + bend), x0Hat], [-gain * bend, previous.x0Hat]),
    };
  },
};

/** λ = ln(α/σ) */
function halfLogSnr({ alpha, sigma }: Kernel): number {
  return Math.log(alpha / sigma);
}

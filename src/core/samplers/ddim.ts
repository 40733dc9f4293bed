import type { Kernel, Sampler, SampleState, StepContext } from '../types.ts';

/**
 * Denoising diffusion implicit models (Song et al. 2021, Eq. 12 and 16), between any two times. η = 0 is deterministic,
 * η = 1 ancestral; with η = 0 it also runs towards noise, which encodes a point.
 */
export const ddim: Sampler = {
  id: 'ddim',
  label: 'DDIM',
  summary:
    'Skips along a subsequence of the steps; without noise (η = 0) it follows a smooth path to the data.',
  equation: String.raw`x_{\tau_{i-1}} = \sqrt{\bar\alpha_{\tau_{i-1}}}\,\hat x_0 + \sqrt{1-\bar\alpha_{\tau_{i-1}}-\sigma^2}\;\hat\varepsilon + \sigma z`,
  uses: ['eta'],
  everyStep: false,
  stochastic: ({ eta }) => eta > 0,
  step(context, state, tNext) {
    const { space, process, denoise, options, noiseKey } = context;
    const { t, x, nfe } = state;
    if (tNext > t && options.eta !== 0) {
      throw new RangeError(`DDIM runs towards noise only with eta = 0, not ${options.eta}.`);
    }
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    if (from.sigma === 0) return leaveData(context, state, tNext, to);
    const x0Hat = denoise(x, t);

    const noise = options.eta * ancestralStd(from, to);
    const direction = Math.sqrt(Math.max(0, to.sigma ** 2 - noise ** 2)) / from.sigma; // times x − αx̂₀ = σε̂
    const terms: (readonly [number, typeof x])[] = [
      [to.alpha - direction * from.alpha, x0Hat],
      [direction, x],
    ];
    if (noise > 0) terms.push([noise, space.gaussian(x, noiseKey(tNext))]);
    return { t: tNext, x: space.combine(...terms), x0Hat, nfe: nfe + 1, history: [] };
  },
};

/** √((1−ᾱ_s)/(1−ᾱ_t))·√(1 − ᾱ_t/ᾱ_s), Eq. 16 with η = 1, for kernels at t (from) and s (to). */
function ancestralStd(from: Kernel, to: Kernel): number {
  const added = from.sigma ** 2 - ((from.alpha / to.alpha) * to.sigma) ** 2; // σ²_{t|s}
  return (to.sigma / from.sigma) * Math.sqrt(Math.max(0, added));
}

/**
 * The first step of encoding. At t = 0 there is no noise to predict (σε̂ = 0), so ε̂ is taken at the step's end:
 * x_s = α_s x + σ_s ε̂(α_s x, s) = 2α_s x − α_s x̂₀(α_s x, s).
 */
function leaveData<X>(
  { space, denoise }: StepContext<X>,
  { x, nfe }: SampleState<X>,
  tNext: number,
  to: Kernel,
): SampleState<X> {
  const x0Hat = denoise(space.combine([to.alpha, x]), tNext);
  return {
    t: tNext,
    x: space.combine([2 * to.alpha, x], [-to.alpha, x0Hat]),
    x0Hat,
    nfe: nfe + 1,
    history: [],
  };
}

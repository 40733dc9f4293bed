import type { Sampler } from '../types.ts';

/**
 * Ancestral sampling (Ho et al. 2020, Alg. 2), from any time t to any earlier s. With α_{t|s} = α_t/α_s and
 * σ²_{t|s} = σ_t² − α²_{t|s}σ_s² (β_t for neighbours), q(x_s|x_t, x_0) has the mean of Eq. 7 and the variance β̃.
 */
export const ddpm: Sampler = {
  id: 'ddpm',
  label: 'DDPM',
  summary: 'Undoes the noise one small random step at a time, through every step of the chain.',
  equation: String.raw`x_{t-1} = \frac{\sqrt{\bar\alpha_{t-1}}\,\beta_t}{1-\bar\alpha_t}\,\hat x_0 + \frac{\sqrt{\alpha_t}\,(1-\bar\alpha_{t-1})}{1-\bar\alpha_t}\,x_t + \sigma_t z`,
  uses: ['variance'],
  everyStep: true,
  stochastic: () => true,
  step({ space, process, denoise, options, noiseKey }, { t, x, nfe }, tNext) {
    if (!(tNext < t))
      throw new RangeError(`DDPM goes from noise to data; it has no step from t = ${t} to ${tNext}.`);
    const from = process.kernel(t);
    const to = process.kernel(tNext);
    const x0Hat = denoise(x, t);

    const ratio = from.alpha / to.alpha; // α_{t|s}
    const beta = from.sigma ** 2 - (ratio * to.sigma) ** 2; // σ²_{t|s}
    const betaTilde = (beta * to.sigma ** 2) / from.sigma ** 2;
    const coefX0 = (to.alpha * beta) / from.sigma ** 2;
    const coefX = (ratio * to.sigma ** 2) / from.sigma ** 2;

    const terms: (readonly [number, typeof x])[] = [
      [coefX0, x0Hat],
      [coefX, x],
    ];
    if (to.sigma > 0) {
      const variance = options.variance === 'beta' ? beta : betaTilde;
      terms.push([Math.sqrt(variance), space.gaussian(x, noiseKey(tNext))]);
    }
    return { t: tNext, x: space.combine(...terms), x0Hat, nfe: nfe + 1, history: [] };
  },
};
